import * as z from 'zod/mini'
import { apiVersions } from '../../api-client/api-versions.ts'
import type { Platform } from './platform.ts'
import { encodePath } from './resources.ts'

const federatedCredential = z.looseObject({
  id: z.string(),
  name: z.string(),
  properties: z.looseObject({ issuer: z.string(), subject: z.string(), audiences: z.array(z.string()) }),
})
const federatedCredentials = z.array(federatedCredential)

/** Whose tokens are taken in place of a secret of a user-assigned identity. */
export type FederatedCredential = z.infer<typeof federatedCredential>

/** The federated credentials of a user-assigned identity. @param id its ARM id */
export async function listFederatedCredentials({ arm }: Platform, id: string): Promise<FederatedCredential[]> {
  const path = `${encodePath(id)}/federatedIdentityCredentials?api-version=${apiVersions.identities}`
  return federatedCredentials.parse(await arm.list(path))
}

/** What a federated credential is made of. */
export interface NewFederatedCredential {
  readonly name: string
  readonly issuer: string
  readonly subject: string
  readonly audience: string
}

/** Adds a federated credential to an identity, or replaces the one of that name. @param id ARM id of the identity */
export async function putFederatedCredential(
  { arm }: Platform,
  id: string,
  { name, issuer, subject, audience }: NewFederatedCredential,
): Promise<void> {
  const path = `${encodePath(id)}/federatedIdentityCredentials/${encodeURIComponent(name)}?api-version=${apiVersions.identities}`
  await arm.call({ method: 'PUT', path, body: { properties: { issuer, subject, audiences: [audience] } } })
}

/** Takes a federated credential away, by ARM id. */
export async function deleteFederatedCredential({ arm }: Platform, id: string): Promise<void> {
  await arm.call({ method: 'DELETE', path: `${encodePath(id)}?api-version=${apiVersions.identities}` })
}

import * as z from 'zod/mini'
import type { Platform } from './platform.ts'

/** A token that was issued or refused, in Microsoft Graph's shape; `lanyard` is what Graph has no name for. */
export const signIn = z.looseObject({
  id: z.string(),
  createdDateTime: z.string(),
  correlationId: z.nullish(z.string()),
  servicePrincipalId: z.nullish(z.string()),
  servicePrincipalName: z.nullish(z.string()),
  appId: z.nullish(z.string()),
  ipAddress: z.nullish(z.string()),
  resourceDisplayName: z.nullish(z.string()),
  resourceId: z.nullish(z.string()),
  signInEventTypes: z.nullish(z.array(z.string())),
  uniqueTokenIdentifier: z.nullish(z.string()),
  status: z.looseObject({ errorCode: z.number(), failureReason: z.nullish(z.string()) }),
  managedServiceIdentity: z.nullish(
    z.looseObject({ msiType: z.nullish(z.string()), associatedResourceId: z.nullish(z.string()) }),
  ),
  lanyard: z.nullish(
    z.looseObject({
      count: z.nullish(z.number()),
      lastDateTime: z.nullish(z.string()),
      claims: z.nullish(z.record(z.string(), z.unknown())),
    }),
  ),
})

export type SignIn = z.infer<typeof signIn>

const signInPage = z.looseObject({ value: z.array(signIn) })

/** What of the log is wanted: the newest `most`, and of those that failed alone. */
export interface SignInQuery {
  readonly failed: boolean
  readonly most: number
}

/** The newest sign-ins of service principals and managed identities. */
export async function listSignIns({ graph }: Platform, { failed, most }: SignInQuery): Promise<SignIn[]> {
  const query = new URLSearchParams({ $top: String(most), ...(failed && { $filter: 'status/errorCode ne 0' }) })
  const page = await graph.call({ method: 'GET', path: `/beta/auditLogs/signIns?${query}` })
  return signInPage.parse(page).value
}

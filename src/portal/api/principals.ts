import * as z from 'zod/mini'
import { getDirectoryObjects } from '../../api-client/role-assignments.ts'
import { ApiError } from '../../api-client/errors.ts'
import type { Platform } from './platform.ts'

export type PrincipalKind = 'Managed identity' | 'Application' | 'User' | 'Unknown'

/** Whoever a role can be assigned to. */
export interface Principal {
  readonly objectId: string
  readonly name: string
  readonly kind: PrincipalKind
  /** Client id of an application or identity; user principal name of a user. */
  readonly detail: string | undefined
  /** ARM id of the resource that the identity belongs to. */
  readonly resourceId: string | undefined
}

const graphObject = z.looseObject({
  '@odata.type': z.nullish(z.string()),
  id: z.string(),
  displayName: z.nullish(z.string()),
  appId: z.nullish(z.string()),
  servicePrincipalType: z.nullish(z.string()),
  userPrincipalName: z.nullish(z.string()),
  alternativeNames: z.nullish(z.array(z.string())),
})

const byName = new Intl.Collator('en', { numeric: true })

/** Every service principal and user of the tenant, by name. */
export async function listPrincipals({ graph }: Platform): Promise<Principal[]> {
  const [servicePrincipals, users] = await Promise.all([
    graph.list('/v1.0/servicePrincipals?$top=999'),
    // A user who may not list the others still sees what has an identity.
    graph.list('/v1.0/users?$top=999').catch((error: unknown) => {
      if (error instanceof ApiError && error.status < 500) return []
      throw error
    }),
  ])
  return [...servicePrincipals, ...users].map(readPrincipal).toSorted((a, b) => byName.compare(a.name, b.name))
}

/** Principals by object id; an id that the directory no longer knows is left out. */
export async function findPrincipals({ graph }: Platform, objectIds: readonly string[]): Promise<ReadonlyMap<string, Principal>> {
  const found = await getDirectoryObjects(graph, [...new Set(objectIds)].slice(0, 1000))
  return new Map(found.map((object) => [object.id, readPrincipal(object)]))
}

function readPrincipal(object: unknown): Principal {
  const read = graphObject.parse(object)
  const { id, displayName, appId, servicePrincipalType, userPrincipalName, alternativeNames } = read
  const isUser = typeof userPrincipalName === 'string' || read['@odata.type'] === '#microsoft.graph.user'
  return {
    objectId: id,
    name: displayName ?? userPrincipalName ?? id,
    kind: isUser ? 'User' : servicePrincipalType === 'ManagedIdentity' ? 'Managed identity' : 'Application',
    detail: (isUser ? userPrincipalName : appId) ?? undefined,
    resourceId: alternativeNames?.find((name) => name.startsWith('/')),
  }
}

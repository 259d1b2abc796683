import { quoted } from '../../api-client/resource-ids.ts'
import { page } from '../../contracts/resource.ts'
import { signIn, signIns, type SignInItem } from '../../contracts/sign-in.ts'
import type { Platform } from './platform.ts'

/** What of the log is wanted: the newest `most` that all of the rest holds for. */
export interface SignInQuery {
  readonly most: number
  readonly failed?: boolean
  readonly succeeded?: boolean
  /** Object id of a service principal. */
  readonly principal?: string
  /** ARM id. */
  readonly machine?: string
  /** ISO 8601. */
  readonly since?: string
}

/** The newest sign-ins, of every kind. */
export async function listSignIns({ graph }: Platform, { most, ...wanted }: SignInQuery): Promise<SignInItem[]> {
  const filter = signInFilter(wanted)
  const items: SignInItem[] = []
  const query = new URLSearchParams({ $top: String(Math.min(most, mostOfPage)), ...(filter !== '' && { $filter: filter }) })
  let next: string | null | undefined = `/beta/auditLogs/signIns?${query}`
  while (next && items.length < most) {
    const answer = page.parse(await graph.call({ method: 'GET', path: next }))
    items.push(...signIns.parse(answer.value))
    next = answer['@odata.nextLink']
  }
  return items.slice(0, most)
}

/** One sign-in. @param id the request id of the first request that it stands for */
export async function getSignIn({ graph }: Platform, id: string): Promise<SignInItem> {
  return signIn.parse(await graph.call({ method: 'GET', path: `/beta/auditLogs/signIns/${encodeURIComponent(id)}` }))
}

const mostOfPage = 999

/** The OData filter of a query; empty for one that takes all. */
export function signInFilter({ failed, succeeded, principal, machine, since }: Omit<SignInQuery, 'most'>): string {
  const conditions = [
    failed === true && 'status/errorCode ne 0',
    succeeded === true && 'status/errorCode eq 0',
    principal !== undefined && `servicePrincipalId eq ${quoted(principal)}`,
    machine !== undefined && `lanyard/machineId eq ${quoted(machine)}`,
    since !== undefined && `createdDateTime ge ${since}`,
  ]
  return conditions.filter((condition) => condition !== false).join(' and ')
}

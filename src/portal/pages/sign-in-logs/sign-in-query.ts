import type { SignInItem } from '../../../contracts/sign-in.ts'
import type { SignInQuery } from '../../api/sign-ins.ts'
import type { SignInFilter } from '../../paths.ts'

const hour = 3_600_000

/** How far back the log is shown, as the address names it, in words, and in milliseconds. */
export const timespans: readonly (readonly [name: string, words: string, length: number])[] = [
  ['1h', 'Last hour', hour],
  ['24h', 'Last 24 hours', 24 * hour],
  ['7d', 'Last 7 days', 168 * hour],
]

/** Older rows than these are found by a narrower filter. */
export const mostRows = 1000

/** What to ask of Graph for a filter of the page. @param now milliseconds since the epoch */
export function queryOf({ principal, machine, status, since }: SignInFilter, now: number): SignInQuery {
  const length = timespans.find(([name]) => name === since)?.[2]
  return {
    most: mostRows,
    failed: status === 'failure',
    succeeded: status === 'success',
    ...(principal && { principal }),
    ...(machine && { machine }),
    ...(length !== undefined && { since: new Date(now - length).toISOString() }),
  }
}

/** How many requests some rows stand for: requests that are alike are counted in one. */
export function requestCount(rows: readonly SignInItem[]): number {
  return rows.reduce((sum, { lanyard }) => sum + lanyard.count, 0)
}

/** The services that tokens were asked for, by audience, with what each is called; by name. */
export function resourcesOf(rows: readonly SignInItem[]): readonly (readonly [resourceId: string, name: string])[] {
  const names = new Map<string, string>()
  for (const { resourceId, resourceDisplayName } of rows) if (resourceId) names.set(resourceId, resourceDisplayName ?? resourceId)
  return [...names].toSorted(([, a], [, b]) => a.localeCompare(b, 'en'))
}

type NamedSignIn = Pick<SignInItem, 'servicePrincipalName' | 'userPrincipalName' | 'appId' | 'lanyard'>

/** Whose token a sign-in is about, by the best name that is known. */
export function principalName({ servicePrincipalName, userPrincipalName, appId, lanyard }: NamedSignIn): string {
  const machine = lanyard.machineId?.split('/').at(-1)
  return servicePrincipalName || userPrincipalName || appId || (machine ? `Unknown identity of ${machine}` : 'Unknown identity')
}

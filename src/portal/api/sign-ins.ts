import { page } from '../../contracts/resource.ts'
import { signIns, type SignInItem } from '../../contracts/sign-in.ts'
import type { Platform } from './platform.ts'

/** What of the log is wanted: the newest `most`, and of those that failed alone. */
export interface SignInQuery {
  readonly failed: boolean
  readonly most: number
}

/** The newest sign-ins of service principals and managed identities. */
export async function listSignIns({ graph }: Platform, { failed, most }: SignInQuery): Promise<SignInItem[]> {
  const query = new URLSearchParams({ $top: String(most), ...(failed && { $filter: 'status/errorCode ne 0' }) })
  const answer = await graph.call({ method: 'GET', path: `/beta/auditLogs/signIns?${query}` })
  return signIns.parse(page.parse(answer).value)
}

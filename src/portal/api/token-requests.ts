import { tokenTryOut, type TokenTryOut } from '../../contracts/token-try-out.ts'
import type { Platform } from './platform.ts'
import { encodePath } from './resources.ts'

/** What a machine is asked for, and which of its identities is meant; none leaves it to the machine. */
export interface TokenQuestion {
  readonly resource: string
  readonly clientId?: string
  readonly objectId?: string
}

/** What a machine's own source of tokens answers, the token decoded and without its signature. @param machineId ARM id */
export async function tryToken(
  { arm }: Platform,
  machineId: string,
  question: TokenQuestion,
): Promise<TokenTryOut['properties']> {
  const path = `${encodePath(machineId)}/providers/Lanyard.Diagnostics/tokenRequests?api-version=2026-11-01`
  return tokenTryOut.parse(await arm.call({ method: 'POST', path, body: question })).properties
}

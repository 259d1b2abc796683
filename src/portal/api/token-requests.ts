import * as z from 'zod/mini'
import {
  decodedToken,
  tokenRequestAnswer,
  type TokenRequestAnswer,
  type TokenRequestBody,
} from '../../contracts/token-request.ts'
import type { Platform } from './platform.ts'
import { encodePath } from './resources.ts'

/** What a machine's own source of tokens answers, the token decoded and without its signature. @param machineId ARM id */
export async function tryToken(
  { arm }: Platform,
  machineId: string,
  question: TokenRequestBody,
): Promise<TokenRequestAnswer['properties']> {
  const path = `${encodePath(machineId)}/providers/Lanyard.Diagnostics/tokenRequests?api-version=2026-11-01`
  return tokenRequestAnswer.parse(await arm.call({ method: 'POST', path, body: question })).properties
}

const withToken = z.looseObject({ access_token: decodedToken })

/** The claims of the token in an answer; undefined of an answer without one. */
export function claimsOfAnswer({
  body,
}: Pick<TokenRequestAnswer['properties'], 'body'>): Readonly<Record<string, unknown>> | undefined {
  const read = withToken.safeParse(body)
  return read.success ? read.data.access_token.claims : undefined
}

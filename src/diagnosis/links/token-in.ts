import { parseJson, readClaims } from '../../api-client/index.ts'
import { tokenResponse } from '../../contracts/token-response.ts'
import { isAnswered, type Answer } from '../probe.ts'

/** The access token in an answer; undefined when there is none, or it is no JWT that says its tenant. */
export function tokenIn(answer: Answer): string | undefined {
  if (!isAnswered(answer) || answer.status !== 200) return undefined
  const parsed = tokenResponse.safeParse(parseJson(answer.text))
  if (!parsed.success) return undefined
  try {
    readClaims(parsed.data.access_token)
    return parsed.data.access_token
  } catch {
    return undefined
  }
}

/** The reason of a refusal, as the token source words it. */
export function refusalOf(text: string): string {
  const body = parseJson(text) as { error?: unknown; error_description?: unknown; message?: unknown } | undefined
  const nested =
    typeof body?.error === 'object' && body.error !== null ? (body.error as { message?: unknown }).message : body?.error
  const told = [body?.error_description, body?.message, nested].find((each) => typeof each === 'string' && each !== '')
  return typeof told === 'string' ? told : text.slice(0, 200)
}

import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * Whether a request carries the secret that the host gave its code in a variable: what keeps a request that code was tricked
 * into sending from getting a token.
 * @param header name in lower case
 */
export function carriesSecret({ headers }: IncomingMessage, header: string, secret: string): boolean {
  const given = headers[header]
  if (typeof given !== 'string') return false
  const [one, other] = [Buffer.from(given), Buffer.from(secret)]
  return one.length === other.length && timingSafeEqual(one, other)
}

import type { FastifyRequest } from 'fastify'

/**
 * The claims of the token that a request carries, as the activity log shows them: names to text. Nothing is decided by them.
 * @returns nothing for a request without a token that can be read
 */
export function claimsOf({ headers }: FastifyRequest): Readonly<Record<string, string>> {
  const [, payload = ''] = /^Bearer +[\w-]+\.([\w-]+)\./i.exec(headers.authorization ?? '') ?? []
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
    if (typeof claims !== 'object' || claims === null) return {}
    return Object.fromEntries(
      Object.entries(claims).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    )
  } catch {
    return {}
  }
}

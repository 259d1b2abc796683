import type { FastifyRequest } from 'fastify'

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * The id that the client gave its request: in a header, in the query (MSAL for JS) or in the form (MSAL for .NET).
 * @returns undefined when there is none, or when it is no GUID
 */
export function clientRequestId({ headers, query, body }: FastifyRequest): string | undefined {
  const name = 'client-request-id'
  // A request whose path cannot be decoded has no query.
  const asked = query as Readonly<Record<string, unknown>> | null
  const given = [headers[name], asked?.[name], body instanceof URLSearchParams && body.get(name)]
  return given.find((id): id is string => typeof id === 'string' && guid.test(id))
}

/** Whether the client wants its id back in a header. */
export function wantsClientRequestId({ headers }: FastifyRequest): boolean {
  return String(headers['return-client-request-id']).toLowerCase() === 'true'
}

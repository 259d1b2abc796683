import type { FastifyReply, FastifyRequest } from 'fastify'

/** What Azure lets a principal do in an hour, less the request that is being answered. Nothing is counted here. */
const remaining = { reads: 11_999, writes: 1_199, deletes: 14_999 }

/** The headers that every answer of ARM carries (wire.md F.1). `now` in milliseconds since the epoch. */
export function setArmHeaders(request: FastifyRequest, reply: FastifyReply, now: number): void {
  const correlation = request.headers['x-ms-correlation-request-id']
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const scope = /^\/subscriptions\/./i.test(request.url) ? 'subscription' : 'tenant'
  const kind =
    request.method === 'GET' || request.method === 'HEAD' ? 'reads' : request.method === 'DELETE' ? 'deletes' : 'writes'
  reply.headers({
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-ms-request-id': request.id,
    'x-ms-correlation-request-id': typeof correlation === 'string' && correlation !== '' ? correlation : request.id,
    'x-ms-routing-request-id': `LANYARD:${time}:${request.id}`,
    [`x-ms-ratelimit-remaining-${scope}-${kind}`]: String(remaining[kind]),
  })
  const client = request.headers['x-ms-client-request-id']
  const wanted = request.headers['x-ms-return-client-request-id']
  if (typeof client === 'string' && typeof wanted === 'string' && wanted.toLowerCase() === 'true') {
    reply.header('x-ms-client-request-id', client)
  }
}

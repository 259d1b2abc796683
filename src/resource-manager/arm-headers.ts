import type { FastifyReply, FastifyRequest } from 'fastify'

const hourlyReads = 11_999
const hourlyWrites = 1_199

/** The headers that every answer of ARM carries (wire.md F.1). `now` in milliseconds since the epoch. */
export function setArmHeaders(request: FastifyRequest, reply: FastifyReply, now: number): void {
  const correlation = request.headers['x-ms-correlation-request-id']
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const scope = /^\/subscriptions\//i.test(request.url) ? 'subscription' : 'tenant'
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  reply.headers({
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-ms-request-id': request.id,
    'x-ms-correlation-request-id': typeof correlation === 'string' ? correlation : request.id,
    'x-ms-routing-request-id': `LANYARD:${time}:${request.id}`,
    [`x-ms-ratelimit-remaining-${scope}-${isRead ? 'reads' : 'writes'}`]: String(isRead ? hourlyReads : hourlyWrites),
  })
  const client = request.headers['x-ms-client-request-id']
  if (typeof client === 'string' && request.headers['x-ms-return-client-request-id'] === 'true')
    reply.header('x-ms-client-request-id', client)
}

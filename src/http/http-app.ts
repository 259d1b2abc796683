import type { IncomingMessage } from 'node:http'
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import type { Endpoint, NewGuid, Origin } from './endpoint.ts'

const origins = new WeakMap<IncomingMessage, Origin>()

/** How the client addressed the endpoint that is serving `request`. */
export function originOf(request: FastifyRequest): Origin {
  const origin = origins.get(request.raw)
  if (!origin) throw new Error('the request did not come through the gateway')
  return origin
}

/** What a protocol says for an error: its status, its body, and headers such as a challenge. */
export interface ErrorAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

export interface HttpAppOptions {
  readonly logger: FastifyBaseLogger
  readonly newGuid: NewGuid
  /** Largest request body accepted, in bytes. */
  readonly bodyLimit: number
  /**
   * The protocol's own shape for an error: a domain error, a Fastify error (`code` FST_ERR_CTP_…, for a body that is
   * not JSON or is too large), or anything unknown, of which the answer must show nothing.
   */
  readonly toErrorAnswer: (error: Error, request: FastifyRequest) => ErrorAnswer
  readonly onNotFound: (request: FastifyRequest) => ErrorAnswer
  /** Told of an answer that no hook sees, since the path of its request cannot be decoded; before it is sent, its status set. */
  readonly onUnrouted?: (request: FastifyRequest, reply: FastifyReply) => void
}

/**
 * A Fastify application with the plumbing that every endpoint shares: paths in any casing (Azure's are), a trailing
 * slash ignored, a GUID per request (`request.id`), and errors logged in full but answered in the protocol's shape.
 */
export function createHttpApp(options: HttpAppOptions): FastifyInstance {
  const send = (answer: ErrorAnswer, reply: FastifyReply) =>
    reply
      .code(answer.status)
      .headers({ ...answer.headers })
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(answer.body))
  const sendUnrouted = (answer: ErrorAnswer, request: FastifyRequest, reply: FastifyReply) => {
    reply.code(answer.status)
    options.onUnrouted?.(request, reply)
    return send(answer, reply)
  }
  const app = fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => options.newGuid(),
    // One logger for all: making one for each request costs more than most requests do, and only failures are logged.
    childLoggerFactory: (logger) => logger,
    bodyLimit: options.bodyLimit,
    exposeHeadRoutes: false,
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, maxParamLength: 2048 },
    // A path that cannot be decoded never reaches a route, nor the error handler.
    frameworkErrors: (error, request, reply) => void sendUnrouted(options.toErrorAnswer(error, request), request, reply),
  })
  app.setErrorHandler(async (error, request, reply) => {
    const failure = error instanceof Error ? error : new Error(String(error))
    const answer = options.toErrorAnswer(failure, request)
    if (answer.status >= 500) request.log.error({ err: failure, requestId: request.id }, 'request failed')
    return send(answer, reply)
  })
  app.setNotFoundHandler(async (request, reply) => send(options.onNotFound(request), reply))
  return app
}

/** The endpoint that the gateway hands requests to. */
export async function endpointOf(app: FastifyInstance): Promise<Endpoint> {
  await app.ready()
  return (request, response, origin) => {
    origins.set(request, origin)
    try {
      app.routing(request, response)
    } catch (error) {
      // What fails before a route is found reaches no error handler, and would end the process.
      app.log.error({ err: error }, 'request failed before it was routed')
      response.writeHead(500).end()
    }
  }
}

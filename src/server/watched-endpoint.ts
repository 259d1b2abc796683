import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FaultyRequest, Faults, RequestEffect } from '../faults/create-faults.ts'
import type { Endpoint, Origin } from '../http/endpoint.ts'
import type { LogRecorder } from '../logs/create-logs.ts'

/** A request that an endpoint got. It holds no token, no header and no body. */
export interface SeenRequest extends FaultyRequest {
  readonly method: string
  /** The query; what is secret in it is left out. */
  readonly query: Readonly<Record<string, string>>
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Undefined while there is no answer, and for good when there was none. */
  status: number | undefined
}

export interface Watching {
  readonly faults: Faults
  /** Told of each request when it comes, and again when it is answered or cut off; nobody is when left out. */
  readonly onRequest?: ((request: SeenRequest, isOver: boolean) => void) | undefined
  readonly recorder: Pick<LogRecorder, 'refusal'>
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
}

const secretName = /secret|assertion|token|password|code|sig/i

/**
 * An endpoint whose requests are watched and struck by faults, before it sees them: nothing that it remembers can answer around
 * a fault. While there is neither a fault nor a watcher, a request passes untouched.
 */
export function watchedEndpoint(name: FaultyRequest['endpoint'], endpoint: Endpoint, watching: Watching): Endpoint {
  const { faults, onRequest } = watching
  return (request, response, origin) => {
    if (onRequest === undefined && !faults.watchesRequests()) return endpoint(request, response, origin)
    const seen = describe(name, request, origin, watching.clock())
    if (onRequest) {
      onRequest(seen, false)
      let isOver = false
      const end = () => {
        if (isOver) return
        isOver = true
        if (response.headersSent) seen.status = response.statusCode
        onRequest(seen, true)
      }
      response.once('finish', end).once('close', end)
    }
    const effect = faults.strike(seen)
    return effect ? strike(effect, seen, request, response, watching) : endpoint(request, response, origin)
  }
}

function describe(endpoint: FaultyRequest['endpoint'], request: IncomingMessage, origin: Origin, at: number): SeenRequest {
  const url = request.url ?? '/'
  const mark = url.indexOf('?')
  const parameters = new URLSearchParams(mark < 0 ? '' : url.slice(mark))
  return {
    endpoint,
    machineId: origin.machineId,
    method: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: Object.fromEntries([...parameters].filter(([name]) => !secretName.test(name))),
    resource: parameters.get('resource') ?? undefined,
    at,
    status: undefined,
  }
}

function strike(
  effect: RequestEffect,
  seen: SeenRequest,
  request: IncomingMessage,
  response: ServerResponse,
  { clock, newGuid, recorder }: Watching,
): void {
  // Nothing is kept for a request that hangs but its connection, which ends with the client or with the listener.
  if (effect.kind === 'hang') return
  if (effect.kind === 'drop') {
    request.socket.destroy()
    return
  }
  if (effect.kind === 'malformed') {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end('{"access_token":"')
    return
  }
  const { status, retryAfter } = effect
  // Only here: it knows the errors of every protocol, and most platforms never fail on purpose.
  void import('./failure-answers.ts').then(({ failureAnswer }) => {
    const { body, headers, requestId } = failureAnswer(seen, request, { status, now: clock(), newGuid })
    const { endpoint, machineId, method, path, at } = seen
    recorder.refusal({
      requestId,
      correlationId: requestId,
      time: at,
      endpoint,
      method,
      path,
      status,
      code: String(status),
      message: 'Answered by a fault.',
      ...(machineId !== undefined && { machine: { id: machineId, identities: [] } }),
      scope: machineId ?? '/',
      cause: 'A fault that was added on purpose answered in the place of the endpoint.',
      remedy: 'Remove the fault, from lanyard.yaml as well if it stands there.',
      commands: ['lanyard fault list', 'lanyard fault clear'],
    })
    response
      .writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        ...headers,
        ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      })
      .end(body)
  })
}

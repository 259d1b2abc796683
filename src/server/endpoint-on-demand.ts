import type { FastifyBaseLogger } from 'fastify'
import type { Endpoint } from '../http/endpoint.ts'

/** An endpoint that is made when the first request for it comes, or by `prepare`. */
export interface EndpointOnDemand {
  readonly endpoint: Endpoint
  prepare(): Promise<void>
}

/**
 * Puts off the making of an endpoint. Loading the control plane takes longer than all else that a start does, and a command
 * that is over in a moment may never ask for it.
 * @param make makes it; a failure is answered with 500 and logged, and the next request tries again
 */
export function endpointOnDemand(make: () => Promise<Endpoint>, logger: FastifyBaseLogger): EndpointOnDemand {
  let made: Endpoint | undefined
  let making: Promise<Endpoint> | undefined

  function load(): Promise<Endpoint> {
    making ??= make().then(
      (endpoint) => (made = endpoint),
      (error: unknown) => {
        making = undefined
        throw error
      },
    )
    return making
  }

  return {
    endpoint(request, response, origin) {
      if (made) return made(request, response, origin)
      load().then(
        (endpoint) => endpoint(request, response, origin),
        (error: unknown) => {
          logger.error({ err: error }, 'an endpoint could not be made')
          response.writeHead(500).end()
        },
      )
    },
    async prepare() {
      await load()
    },
  }
}

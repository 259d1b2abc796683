import type { Endpoint } from '../http/endpoint.ts'
import { answerRecorded, type RecordOptions } from './answer-recorded.ts'
import type { Answerer } from './answerer.ts'
import type { HostAnswerer } from './hosts/host-answerer.ts'
import { answerImds } from './imds.ts'
import { imdsServer, send } from './metadata-answer.ts'
import { serverError } from './metadata-errors.ts'
import { rememberAnswers, type BoundAnswerer } from './remember-answers.ts'
import type { MetadataSources } from './token-request.ts'
import { answerVmExtension } from './vm-extension.ts'

/** What the endpoint needs of a logger; Fastify's and pino's have it. */
export interface MetadataLogger {
  error(fields: object, message: string): void
}

export interface MetadataEndpointOptions extends MetadataSources, Omit<RecordOptions, 'tenantId'> {
  readonly logger: MetadataLogger
  /** Another number after every write to what `machines` and `isKnownResource` read. */
  readonly revision: () => number
}

/**
 * The endpoint that a machine asks for its metadata and tokens. It stands on Node's own HTTP, not on the framework, since every
 * command of a client asks it anew.
 * @param options `isKnownResource` says for which audiences tokens are issued; `clock` gives milliseconds since the epoch
 */
export function createMetadataEndpoint(options: MetadataEndpointOptions): Endpoint {
  return remembering(answerImds, options)
}

/** The endpoint of the retired VM extension, at an address of its own. */
export function createVmExtensionEndpoint(options: MetadataEndpointOptions): Endpoint {
  return remembering(answerVmExtension, options)
}

function remembering(answerer: Answerer, options: MetadataEndpointOptions): Endpoint {
  return endpointOf(rememberAnswers(recordAnswers(answerer, options), options.clock, options.revision), imdsServer)
}

/** The endpoint of a host that is no virtual machine: a function app, a pod's node, a machine with the Arc agent. */
export function createHostEndpoint({ answer, server }: HostAnswerer, options: MetadataEndpointOptions): Endpoint {
  return endpointOf(recordAnswers(answer, options), server)
}

/** What has failed is answered as a failure, which is logged, so that an answerer never fails. */
function recordAnswers(answer: Answerer, options: MetadataEndpointOptions): BoundAnswerer {
  const answerOrFail: Answerer = async (sources, request, origin) => {
    try {
      return await answer(sources, request, origin)
    } catch (error) {
      // The query stays out of the log: it is the caller's own.
      const path = request.url?.split('?', 1)[0]
      options.logger.error({ err: error, path, machineId: origin.machineId }, 'metadata request failed')
      return serverError
    }
  }
  return answerRecorded(answerOrFail, options)
}

function endpointOf(answer: BoundAnswerer, server: string | undefined): Endpoint {
  return (request, response, origin) => {
    const given = answer(request, origin)
    if (given instanceof Promise) void given.then((later) => send(response, later, server))
    else send(response, given, server)
  }
}

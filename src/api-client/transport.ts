import ky, { HTTPError } from 'ky'
import { ConnectionError } from './errors.ts'

export type Fetch = typeof globalThis.fetch

export interface TransportOptions {
  readonly fetch: Fetch
  /** Told of each request and answer: method, address and status; never headers or bodies, which carry secrets. */
  readonly onTrace?: ((line: string) => void) | undefined
}

export interface TransportRequest {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** For one attempt, in milliseconds. */
  readonly timeout: number
  /** How often a failure that may pass is tried again. */
  readonly retries: number
}

export interface Reply {
  readonly status: number
  readonly statusText: string
  readonly headers: Headers
  readonly text: string
}

export type Transport = (request: TransportRequest) => Promise<Reply>

/** 410: the metadata service is being updated. 404 is an answer and is not tried again. */
const passingStatuses = [410, 429, 500, 502, 503, 504]
/** A POST may have taken effect before the answer was lost, so only token requests (which pass `retries`) repeat it. */
const repeatable = ['get', 'put', 'head', 'delete', 'post', 'patch']
const longestRetryAfter = 120_000

/**
 * Sends requests with retry by `Retry-After` or a growing delay. An HTTP error is a reply like any other.
 * @throws ConnectionError when nothing answers
 */
export function createTransport(options: TransportOptions): Transport {
  return async (request) => {
    try {
      const response = await ky(request.url, {
        method: request.method,
        headers: { ...request.headers },
        ...(request.body === undefined ? {} : { body: request.body }),
        fetch: options.fetch,
        timeout: request.timeout,
        redirect: 'manual',
        retry: {
          limit: request.retries,
          methods: repeatable,
          statusCodes: passingStatuses,
          afterStatusCodes: passingStatuses,
          maxRetryAfter: longestRetryAfter,
          backoffLimit: 5000,
        },
        hooks: {
          beforeRequest: [(sent) => options.onTrace?.(`> ${sent.method} ${sent.url}`)],
          afterResponse: [(_sent, _options, received) => options.onTrace?.(`< ${received.status} ${received.statusText}`)],
        },
      })
      return await replyOf(response)
    } catch (error) {
      if (error instanceof HTTPError) return replyOf(error.response)
      throw new ConnectionError(request.url, error)
    }
  }
}

async function replyOf(response: Response): Promise<Reply> {
  return { status: response.status, statusText: response.statusText, headers: response.headers, text: await response.text() }
}

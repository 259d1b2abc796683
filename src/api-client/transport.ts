import { ConnectionError } from './errors.ts'
import type { Fetch, FetchAnswer } from './fetch.ts'

export interface TransportOptions {
  readonly fetch: Fetch
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Milliseconds since the epoch. */
  readonly clock: () => number
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
  readonly headers: FetchAnswer['headers']
  readonly text: string
}

export type Transport = (request: TransportRequest) => Promise<Reply>

/** 410: the metadata service is being updated. 404 is an answer and is not tried again. */
const passingStatuses = new Set([410, 429, 500, 502, 503, 504])
const longestRetryAfter = 120_000
const firstDelay = 300
const longestDelay = 5000

/**
 * Sends requests with retry by `Retry-After` or a growing delay. An HTTP error is a reply like any other. A POST may have taken
 * effect before the answer was lost, so its sender says `retries: 0` unless it asks for a token.
 * @throws ConnectionError when nothing answers
 */
export function createTransport(options: TransportOptions): Transport {
  return async (request) => {
    for (let attempt = 0; ; attempt++) {
      const mayRepeat = attempt < request.retries
      const reply = await send(options, request).catch((error: ConnectionError) => {
        if (!mayRepeat || isTimeout(error)) throw error
      })
      if (reply && !(mayRepeat && passingStatuses.has(reply.status))) return reply
      const asked = reply && askedDelay(reply, options.clock())
      await options.sleep(asked ?? Math.min(firstDelay * 2 ** attempt, longestDelay))
    }
  }
}

async function send({ fetch, onTrace }: TransportOptions, request: TransportRequest): Promise<Reply> {
  const signal = AbortSignal.timeout(request.timeout)
  const { method, url, headers = {}, body } = request
  try {
    onTrace?.(`> ${method} ${url}`)
    const answer = await fetch(url, { method, headers, ...(body !== undefined && { body }), redirect: 'manual', signal })
    onTrace?.(`< ${answer.status} ${answer.statusText}`)
    return { status: answer.status, statusText: answer.statusText, headers: answer.headers, text: await answer.text() }
  } catch (error) {
    // Cut off halfway through a body, `node:http` does not say that it was the signal.
    throw new ConnectionError(url, signal.aborted ? signal.reason : error)
  }
}

/** Whoever did not answer in time was waited for long enough. */
function isTimeout({ cause }: ConnectionError): boolean {
  return cause instanceof Error && cause.name === 'TimeoutError'
}

/**
 * `Retry-After`, seconds or a date, in milliseconds; undefined when there is none, or none that can be read.
 * @param now milliseconds since the epoch
 */
function askedDelay({ headers }: Reply, now: number): number | undefined {
  const asked = headers.get('retry-after')
  if (asked === null || asked === '') return undefined
  const seconds = Number(asked)
  const delay = Number.isNaN(seconds) ? Date.parse(asked) - now : seconds * 1000
  return Number.isNaN(delay) ? undefined : Math.min(Math.max(delay, 0), longestRetryAfter)
}

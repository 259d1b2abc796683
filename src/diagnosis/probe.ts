import { ConnectionError, reasonOf, type Reply, type Transport } from '../api-client/index.ts'

export interface ProbeRequest {
  readonly url: string
  /** GET when left out. */
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Milliseconds. */
  readonly timeout: number
}

/** Nobody answered. */
export interface NoAnswer {
  readonly url: string
  /** For instance `connect ECONNREFUSED 127.0.0.1:50342`. */
  readonly reason: string
}

export type Answer = Reply | NoAnswer

/** Asks once, and takes "no answer" for an answer. */
export type Ask = (request: ProbeRequest) => Promise<Answer>

/** @param transport whose retries are not used: a diagnosis reports what the first request meets */
export function createAsk(transport: Transport): Ask {
  return async ({ method = 'GET', ...request }) => {
    try {
      return await transport({ method, retries: 0, ...request })
    } catch (error) {
      // A variable that names an address may hold anything.
      const reason = error instanceof ConnectionError || URL.canParse(request.url) ? reasonOf(error) : 'that is no address'
      return { url: request.url, reason }
    }
  }
}

export function isAnswered(answer: Answer): answer is Reply {
  return 'status' in answer
}

/** A failure of TLS, and not of the way there. */
export function isUntrusted({ reason }: NoAnswer): boolean {
  return /certificate|self.signed|CERT_|altname/i.test(reason)
}

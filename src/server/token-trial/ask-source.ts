import http, { type IncomingHttpHeaders } from 'node:http'
import https from 'node:https'

/** One request of a program on a machine. */
export interface SourceRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** PEM; what vouches for a source that is asked over TLS. */
  readonly ca?: string
}

export interface SourceAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** No answer came. The message is a sentence. */
export class NoAnswerError extends Error {
  override name = 'NoAnswerError'
}

/** How long a source may take, milliseconds: a person waits for it. */
const patience = 10_000

/** Asks a token source as a program would. @throws NoAnswerError */
export function askSource({ method, url, headers, body, ca }: SourceRequest): Promise<SourceAnswer> {
  const secure = url.startsWith('https:')
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request(url, { method, headers, agent: false, ...(secure && { ca }) }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
      response.on('error', () => reject(new NoAnswerError('The connection was cut in the middle of the answer.')))
    })
    request.setTimeout(patience, () =>
      request.destroy(new NoAnswerError(`There was no answer within ${patience / 1000} seconds.`)),
    )
    request.on('error', (error) =>
      reject(error instanceof NoAnswerError ? error : new NoAnswerError('The connection was cut before there was an answer.')),
    )
    request.end(body)
  })
}

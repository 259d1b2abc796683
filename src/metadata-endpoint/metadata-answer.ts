import type { ServerResponse } from 'node:http'
import type { SignInTally } from '../logs/sign-in.ts'

/** What one request is answered with, before it goes on the wire. */
export interface MetadataAnswer {
  readonly status: number
  readonly body: string
  /** JSON unless told otherwise. */
  readonly contentType?: 'application/json; charset=utf-8' | 'text/plain; charset=utf-8'
  /** Whether the next answer to the same request may be another one at once, with nothing written in between. */
  readonly momentary?: true
  readonly headers?: Readonly<Record<string, string>>
  /** What an answer that is given again is counted by. */
  readonly tally?: SignInTally
}

/** The header by which the instance metadata service names itself. */
export const imdsServer = 'IMDS/150.870.65.1854'

/** A 200 whose body is `value` as JSON. */
export function jsonAnswer(value: unknown): MetadataAnswer {
  return { status: 200, body: JSON.stringify(value) }
}

/**
 * Sends `answer`. The reason phrase is Node's own, `Bad Request` for a 400, which Azure CLI 2.45 branches on.
 * @param server the `Server` header; undefined for none
 */
export function send(response: ServerResponse, answer: MetadataAnswer, server: string | undefined): void {
  response.writeHead(answer.status, {
    'Content-Type': answer.contentType ?? 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(answer.body),
    ...(server !== undefined && { Server: server }),
    ...answer.headers,
  })
  response.end(answer.body)
}

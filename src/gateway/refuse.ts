import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** Answers 502, or `status`, with a sentence. */
export function refuse(response: ServerResponse, sentence: string, status = 502): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
  response.end(`${sentence}\n`)
}

/** Answers a CONNECT with 502; the sentence is the reason phrase as well, since most clients show no more than that. */
export function refuseConnect(client: Duplex, sentence: string): void {
  const body = `${sentence}\n`
  client.end(
    `HTTP/1.1 502 ${sentence}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

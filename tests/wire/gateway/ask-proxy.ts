import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

export interface Asked {
  readonly status: number
  readonly reason: string
  readonly headers: IncomingMessage['headers']
  readonly rawHeaders: readonly string[]
  readonly body: string
}

/** A request in absolute form to `target`, as programs send it that read `HTTP_PROXY`. */
export async function askThrough(
  proxyUrl: string,
  target: string,
  options: { method?: string; headers?: Record<string, string | string[]>; body?: string } = {},
): Promise<Asked> {
  const { hostname, port } = new URL(proxyUrl)
  const { method = 'GET', headers = {}, body } = options
  const request = http.request({ host: hostname, port, method, path: target, headers, agent: false }).end(body)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  return {
    status: response.statusCode ?? 0,
    reason: response.statusMessage ?? '',
    headers: response.headers,
    rawHeaders: response.rawHeaders,
    body: Buffer.concat((await response.toArray()) as Buffer[]).toString(),
  }
}

/** A tunnel to `authority`, and the answer that came with it. */
export async function openTunnel(proxyUrl: string, authority: string): Promise<{ answer: IncomingMessage; socket: Duplex }> {
  const { hostname, port } = new URL(proxyUrl)
  const request = http.request({ host: hostname, port, method: 'CONNECT', path: authority, agent: false }).end()
  const [answer, socket] = (await once(request, 'connect')) as [IncomingMessage, Duplex]
  return { answer, socket }
}

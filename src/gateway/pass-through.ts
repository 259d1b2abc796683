import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import net from 'node:net'
import type { Duplex } from 'node:stream'

/** How long a host that we do not serve may take to accept a connection, in milliseconds. */
const connectTimeout = 30_000

/** Headers that speak of one connection (RFC 9110 7.6.1): they are not handed on. */
const hopByHop = [
  'connection',
  'proxy-connection',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/**
 * Hands a plain HTTP request on to the host that it names, or to the proxy that the user already had.
 * @param target absolute-form
 */
export function forwardRequest(
  request: IncomingMessage,
  response: ServerResponse,
  target: string,
  upstream: URL | undefined,
): void {
  const url = new URL(target)
  const headers = { ...request.headers }
  for (const name of hopByHop) delete headers[name]
  const next = upstream ?? url
  const outgoing = http.request(
    {
      host: next.hostname,
      port: next.port || 80,
      method: request.method,
      path: upstream ? target : url.pathname + url.search,
      headers: { ...headers, ...(upstream && proxyAuthorization(upstream)) },
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    },
  )
  outgoing.on('error', () => {
    if (response.headersSent) response.destroy()
    else refuse(response, `Lanyard's proxy could not reach ${next.host}.`)
  })
  request.pipe(outgoing)
}

/** Joins a CONNECT to the host that it names, through the user's own proxy when there is one. */
export function forwardConnect(client: Duplex, head: Buffer, authority: string, upstream: URL | undefined): void {
  const [, host = '', port = '443'] = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(authority) ?? []
  const server = upstream ? net.connect(Number(upstream.port || 80), upstream.hostname) : net.connect(Number(port), host)
  server.setTimeout(connectTimeout, () => server.destroy(new Error('timed out')))
  server.once('connect', () => {
    server.setTimeout(0)
    if (upstream) {
      const authorization = proxyAuthorization(upstream)['proxy-authorization']
      server.write(
        `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization ? `Proxy-Authorization: ${authorization}\r\n` : ''}\r\n`,
      )
    } else client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    server.write(head)
    server.pipe(client)
    client.pipe(server)
  })
  server.once('error', () => {
    if (server.connecting || server.bytesRead === 0) refuseConnect(client, `Lanyard's proxy could not reach ${authority}.`)
    else client.destroy()
  })
  client.once('error', () => server.destroy())
  client.once('close', () => server.destroy())
}

/** 502 with a sentence. */
export function refuse(response: ServerResponse, sentence: string): void {
  response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' })
  response.end(`${sentence}\n`)
}

export function refuseConnect(client: Duplex, sentence: string): void {
  const body = `${sentence}\n`
  client.end(
    `HTTP/1.1 502 ${sentence}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

function proxyAuthorization(upstream: URL): { 'proxy-authorization'?: string } {
  if (upstream.username === '') return {}
  const credentials = `${decodeURIComponent(upstream.username)}:${decodeURIComponent(upstream.password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }
}

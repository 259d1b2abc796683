import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { pipeline, type Duplex } from 'node:stream'
import { refuse, refuseConnect } from './refuse.ts'

/** How long a host that we do not serve may take to accept a connection, in milliseconds. */
const connectTimeout = 30_000

/** Headers that speak of one connection (RFC 9110 7.6.1), and the ones that a proxy reads for itself: they are not handed on. */
const hopByHop = ['connection', 'proxy-connection', 'keep-alive', 'te', 'trailer', 'upgrade']
const readByUs = ['host', 'proxy-authorization']

/**
 * Hands a plain HTTP request on to the host that it names, or to the proxy that the user already had.
 * @param target absolute-form
 * @param proxy `http:` or `https:`, with the user's credentials when it wants some
 */
export function forwardRequest(request: IncomingMessage, response: ServerResponse, target: string, proxy: URL | undefined): void {
  const url = URL.parse(target)
  if (!url) {
    refuse(response, `'${target}' is not an address.`, 400)
    return
  }
  const next = proxy ?? url
  const outgoing = clientOf(next).request({
    host: hostOf(next),
    port: next.port,
    method: request.method,
    path: proxy ? target : url.pathname + url.search,
    headers: ['Host', url.host, ...handedOn(request, readByUs), ...authorization(proxy)],
  })
  outgoing.on('response', (answer) => {
    // Node chooses how the body is framed for this client.
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, handedOn(answer, ['transfer-encoding']))
    pipeline(answer, response, () => undefined)
  })
  outgoing.on('error', () => {
    if (response.headersSent) response.destroy()
    else refuse(response, `Lanyard's proxy could not reach ${next.host}.`)
  })
  response.once('close', () => outgoing.destroy())
  request.pipe(outgoing)
}

/** Joins a CONNECT to the host that it names, through the user's own proxy when there is one. */
export async function forwardConnect(client: Duplex, head: Buffer, authority: string, proxy: URL | undefined): Promise<void> {
  const abandoned = new AbortController()
  client.once('close', () => abandoned.abort())
  try {
    const server = proxy ? await tunnelThrough(proxy, authority, abandoned.signal) : await connectTo(authority, abandoned.signal)
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    server.write(head)
    pipeline(server, client, () => undefined)
    pipeline(client, server, () => undefined)
  } catch (error) {
    const sentence = error instanceof ProxyRefusedError ? error.message : `Lanyard's proxy could not reach ${authority}.`
    refuseConnect(client, sentence)
  }
}

class ProxyRefusedError extends Error {}

function connectTo(authority: string, signal: AbortSignal): Promise<Duplex> {
  const [, host = '', port = '443'] = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(authority) ?? []
  return new Promise((resolve, reject) => {
    const server = net.connect({ host, port: Number(port), timeout: connectTimeout, signal })
    server.once('timeout', () => server.destroy(new Error(`${authority} did not answer`)))
    server.once('error', reject)
    server.once('connect', () => {
      server.setTimeout(0)
      resolve(server)
    })
  })
}

/** @throws ProxyRefusedError with the proxy's own words when it does not open the tunnel: a 407 is for the user to read */
function tunnelThrough(proxy: URL, authority: string, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const request = clientOf(proxy).request({
      host: hostOf(proxy),
      port: proxy.port,
      method: 'CONNECT',
      path: authority,
      headers: ['Host', authority, ...authorization(proxy)],
      agent: false,
      timeout: connectTimeout,
      signal,
    })
    request.once('timeout', () => request.destroy(new Error(`${proxy.host} did not answer`)))
    request.once('error', reject)
    request.once('connect', (answer, socket, head) => {
      if (answer.statusCode === 200) {
        socket.setTimeout(0)
        if (head.length > 0) socket.unshift(head)
        resolve(socket)
        return
      }
      socket.destroy()
      const said = `${answer.statusCode ?? ''} ${answer.statusMessage ?? ''}`.trim()
      reject(new ProxyRefusedError(`The proxy ${proxy.host} answered ${said} for ${authority}.`))
    })
    request.end()
  })
}

function clientOf(url: URL): typeof http | typeof https {
  return url.protocol === 'https:' ? https : http
}

/** Node wants IPv6 addresses without the brackets of a URL. */
function hostOf(url: URL): string {
  return url.hostname.replaceAll(/^\[|\]$/g, '')
}

/** The headers of a message as they came, repeated ones and casing included, but for those of this connection. */
function handedOn(message: IncomingMessage, others: readonly string[]): string[] {
  const named = (message.headers.connection ?? '').toLowerCase().split(/\s*,\s*/)
  const dropped = new Set([...hopByHop, ...others, ...named])
  const raw = message.rawHeaders
  return raw.filter((_, index) => !dropped.has((raw[index - (index % 2)] ?? '').toLowerCase()))
}

function authorization(proxy: URL | undefined): string[] {
  if (!proxy?.username) return []
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`
  return ['Proxy-Authorization', `Basic ${Buffer.from(credentials).toString('base64')}`]
}

import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'

export interface Proxy {
  /** `http://127.0.0.1:PORT` or `https://localhost:PORT` */
  readonly url: string
  /** `METHOD target` and its `Proxy-Authorization`, in the order of arrival. */
  readonly seen: { readonly line: string; readonly authorization: string | undefined }[]
  close(): void
}

/**
 * A forward proxy such as a company runs: it wants credentials when `credentials` is given, and leads every host name to this machine.
 * @param options.tls makes it an `https:` proxy
 * @param options.credentials `user:password`
 */
export async function startProxy(options: { tls?: https.ServerOptions; credentials?: string } = {}): Promise<Proxy> {
  const seen: Proxy['seen'] = []
  const wanted = options.credentials && `Basic ${Buffer.from(options.credentials).toString('base64')}`
  const admits = (request: IncomingMessage) => {
    const authorization = request.headers['proxy-authorization']
    seen.push({ line: `${request.method ?? ''} ${request.url ?? ''}`, authorization })
    return wanted === undefined || authorization === wanted
  }
  const server = options.tls ? https.createServer(options.tls) : http.createServer()
  server.on('request', (request, response) => {
    if (!admits(request)) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="company"' }).end()
      return
    }
    const { port, pathname } = new URL(request.url ?? '')
    const outgoing = http.request({ host: '127.0.0.1', port, path: pathname, method: request.method, headers: request.headers })
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    request.pipe(outgoing)
  })
  server.on('connect', (request: IncomingMessage, socket: net.Socket) => {
    if (!admits(request)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n')
      return
    }
    const target = net.connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      target.pipe(socket).pipe(target)
    })
    socket.on('error', () => target.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: options.tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    seen,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { FastifyBaseLogger } from 'fastify'
import type { Endpoint } from '../http/endpoint.ts'
import type { CertificateAuthority } from './certificate-authority.ts'
import { normaliseTarget } from './normalise-path.ts'
import { forwardConnect, forwardRequest } from './pass-through.ts'
import { portalServer } from './portal-listener.ts'
import { refuse, refuseConnect } from './refuse.ts'
import { isImds, isLoopback, route, splitAuthority, type EndpointName } from './route.ts'
import { UnusableProxyError, upstreamProxy, type ProxyForUrl } from './upstream-proxy.ts'

export interface GatewayOptions {
  readonly endpoints: Readonly<Record<EndpointName, Endpoint>>
  readonly certificates: CertificateAuthority
  readonly logger: FastifyBaseLogger
  /** Refuse hosts that the platform does not serve. */
  readonly offline: boolean
  /** The proxies that the user already had, for the hosts that the platform does not serve. */
  readonly proxyForUrl: ProxyForUrl
}

/** An open listener. */
export interface Listener {
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

/** The forward proxy of a machine. */
export interface MachineProxyOptions {
  readonly machineId: string
  readonly port?: number
  /** False for hosts that have no instance metadata service, whose clients must not find one. */
  readonly hasImds?: boolean
  /** The ports of `localhost` on which the machine's VM extension answers now: none while it has none. */
  readonly extensionPorts?: () => readonly number[]
  /** Ports of `localhost` that are the machine's own, whatever the extensions of others listen on. */
  readonly ownPorts?: readonly number[]
}

/** Leads each request to the endpoint that its host names. */
export interface Gateway {
  /**
   * The forward proxy of one machine: absolute-form HTTP and CONNECT. The listener is what says which machine is calling.
   */
  listenForMachine(options: MachineProxyOptions): Promise<Listener>
  /** The VM extension's token address, plain HTTP. */
  listenVmExtension(options: { machineId: string; port: number }): Promise<Listener>
  /** All endpoints by HTTPS on one port, for clients that take an address; on 127.0.0.1 when `host` is left out. */
  listenHttps(options: { port: number; host?: string }): Promise<Listener>
  /** The portal and the endpoints that it calls, as one origin of plain HTTP on 127.0.0.1. */
  listenPortal(options: { port: number }): Promise<Listener>
  /** The metadata endpoint of one machine by plain HTTP. */
  listenMetadata(options: { machineId: string; port: number }): Promise<Listener>
  /** The metadata endpoint of many machines by plain HTTP: the address that a request comes from says which one. */
  listenMetadataByAddress(options: {
    host: string
    port: number
    machineAt: (address: string) => Promise<string | undefined>
    /** Where the VM extension of a machine answers; undefined while it has none. Its path is served here as well, for as long. */
    extensionPort: (machineId: string) => Promise<number | undefined>
  }): Promise<Listener>
  /** An endpoint of one machine alone, by plain HTTP. */
  listenEndpoint(options: { endpoint: Endpoint; machineId: string; port: number }): Promise<Listener>
  /** The same over TLS, with a certificate that stays for as long as it listens; PEM. */
  listenEndpointTls(options: { endpoint: Endpoint; machineId: string }): Promise<Listener & { readonly certificate: string }>
}

const usualExtensionPort = 50342
const isExtensionPath = (path: string) => /^\/oauth2\/token(\?|$)/i.test(path)
const noExtension = (port: number) =>
  `Nothing listens on localhost:${port} of this machine: its managed-identity extension is not deployed there.`
const noImds = 'This machine has no instance metadata service: its host gives tokens by IDENTITY_ENDPOINT or MSI_ENDPOINT.'

export function createGateway(options: GatewayOptions): Gateway {
  const { endpoints, certificates, logger, offline, proxyForUrl } = options
  const unserved = (authority: string) =>
    `Lanyard runs with --offline and does not serve ${authority}. Run it without --offline to reach other hosts.`

  /** Serves a request whose authority and scheme are known; false when no endpoint is behind it. */
  function serve(
    request: IncomingMessage,
    response: ServerResponse,
    { authority, scheme, machineId }: { authority: string; scheme: 'http' | 'https'; machineId: string | undefined },
  ): boolean {
    const { path } = normaliseTarget(request.url ?? '/')
    const name = route(authority, path)
    if (name === undefined) return false
    request.url = path
    endpoints[name](request, response, { machineId, baseUrl: `${scheme}://${authority}` })
    return true
  }

  function throughProxy(url: string, forward: (proxy: URL | undefined) => void, decline: (sentence: string) => void): void {
    try {
      forward(upstreamProxy(url, proxyForUrl))
    } catch (error) {
      if (!(error instanceof UnusableProxyError)) throw error
      decline(error.message)
    }
  }

  const tlsServer = async (machineId: string | undefined) => {
    let current = await certificates.serverCertificate()
    const server = https.createServer({ ...current, ALPNProtocols: ['http/1.1'] }, (request, response) => {
      const authority = request.headers.host ?? 'localhost'
      if (!serve(request, response, { authority, scheme: 'https', machineId }))
        refuse(response, `Lanyard does not serve ${authority}.`)
    })
    // A platform may run for longer than a certificate is good: the connection after this one gets the new one.
    server.on('connection', () => {
      void certificates.serverCertificate().then((newest) => {
        if (newest !== current) server.setSecureContext(newest)
        current = newest
      })
    })
    return server
  }

  const handTo =
    (endpoint: Endpoint, machineId: string | undefined, scheme: 'http' | 'https') =>
    (request: IncomingMessage, response: ServerResponse) => {
      request.url = normaliseTarget(request.url ?? '/').path
      endpoint(request, response, { machineId, baseUrl: `${scheme}://${request.headers.host ?? 'localhost'}` })
    }

  /** Where VM extensions listen, which a machine that has none must not reach by its proxy: they answer for another. */
  const extensionPorts: number[] = []

  /** What a machine finds at an address of its own loopback. */
  function onLoopback(authority: string, { extensionPorts: own, ownPorts = [] }: MachineProxyOptions) {
    const port = Number(splitAuthority(authority).port ?? 80)
    if (own?.().includes(port)) return 'extension'
    const isOfAnother = (port === usualExtensionPort || extensionPorts.includes(port)) && !ownPorts.includes(port)
    return isOfAnother ? noExtension(port) : undefined
  }

  const plainServer = (endpoint: Endpoint, machineId: string, port: number) =>
    listen(http.createServer(handTo(endpoint, machineId, 'http')), port, 'http')

  return {
    async listenForMachine(machine) {
      const { machineId, port = 0, hasImds = true } = machine
      // Made on the first CONNECT: most of a short command's life is over before.
      let tls: Promise<https.Server> | undefined
      const server = http.createServer((request, response) => {
        const { authority = request.headers.host ?? '', scheme = 'http' } = normaliseTarget(request.url ?? '/')
        const target = request.url ?? '/'
        if (!hasImds && isImds(authority)) {
          refuse(response, noImds)
          return
        }
        const local = isLoopback(authority) ? onLoopback(authority, machine) : undefined
        if (local === 'extension') {
          handTo(endpoints.vmExtension, machineId, 'http')(request, response)
          return
        }
        if (local !== undefined) {
          refuse(response, local)
          return
        }
        if (!isLoopback(authority) && serve(request, response, { authority, scheme, machineId })) return
        if (!/^http:\/\//i.test(target)) refuse(response, 'This is a forward proxy: name it in HTTP_PROXY and HTTPS_PROXY.')
        else if (offline && !isLoopback(authority)) refuse(response, unserved(authority))
        else {
          throughProxy(
            target,
            (proxy) => forwardRequest(request, response, target, proxy),
            (sentence) => refuse(response, sentence),
          )
        }
      })
      server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        socket.on('error', () => socket.destroy())
        const authority = request.url ?? ''
        const { host } = splitAuthority(authority)
        if (!hasImds && isImds(authority)) {
          refuseConnect(socket, noImds)
          return
        }
        const local = isLoopback(authority) ? onLoopback(authority, machine) : undefined
        if (local !== undefined && local !== 'extension') {
          refuseConnect(socket, local)
          return
        }
        const name = isLoopback(authority) ? local && ('vmExtension' as const) : route(authority, '/')
        if (name === undefined) {
          if (offline && !isLoopback(authority)) refuseConnect(socket, unserved(host))
          else {
            throughProxy(
              `https://${authority}`,
              (proxy) => void forwardConnect(socket, head, authority, proxy),
              (sentence) => refuseConnect(socket, sentence),
            )
          }
          return
        }
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        if (head.length > 0) socket.unshift(head)
        // Some clients open a tunnel for plain HTTP as well (Node's fetch does): the metadata address speaks HTTP inside it.
        if (name === 'metadata' || name === 'vmExtension') server.emit('connection', socket)
        else {
          tls ??= tlsServer(machineId)
          tls.then(
            (inner) => inner.emit('connection', socket),
            (error: unknown) => {
              logger.error({ err: error }, 'no certificate could be made')
              socket.destroy()
            },
          )
        }
      })
      const listener = await listen(server, port, 'http')
      return {
        ...listener,
        close: async () => {
          await listener.close()
          ;(await tls)?.closeAllConnections()
        },
      }
    },
    async listenVmExtension({ machineId, port }) {
      const listener = await plainServer(endpoints.vmExtension, machineId, port)
      extensionPorts.push(listener.port)
      return {
        ...listener,
        close: async () => {
          extensionPorts.splice(extensionPorts.indexOf(listener.port), 1)
          await listener.close()
        },
      }
    },
    listenMetadata: ({ machineId, port }) => plainServer(endpoints.metadata, machineId, port),
    listenEndpoint: ({ endpoint, machineId, port }) => plainServer(endpoint, machineId, port),
    async listenEndpointTls({ endpoint, machineId }) {
      const { key, cert } = await certificates.serverCertificate()
      const server = https.createServer({ key, cert, ALPNProtocols: ['http/1.1'] }, handTo(endpoint, machineId, 'https'))
      return { ...(await listen(server, 0, 'https')), certificate: cert }
    },
    listenPortal: ({ port }) => listen(portalServer(endpoints), port, 'http'),
    listenHttps: async ({ port, host }) => listen(await tlsServer(undefined), port, 'https', host),
    listenMetadataByAddress({ host, port, machineAt, extensionPort }) {
      const find = async ({ socket, url = '/' }: IncomingMessage) => {
        const machineId = await machineAt(socket.remoteAddress ?? '')
        if (machineId === undefined || !isExtensionPath(normaliseTarget(url).path))
          return { machineId, name: 'metadata' as const }
        return {
          machineId,
          name: (await extensionPort(machineId)) === undefined ? ('metadata' as const) : ('vmExtension' as const),
        }
      }
      const server = http.createServer((request, response) => {
        find(request).then(
          ({ machineId, name }) => handTo(endpoints[name], machineId, 'http')(request, response),
          (error: unknown) => {
            logger.error({ err: error }, 'the calling machine could not be looked up')
            response.writeHead(500).end()
          },
        )
      })
      return listen(server, port, 'http', host)
    },
  }
}

async function listen(
  server: http.Server | https.Server,
  port: number,
  scheme: 'http' | 'https',
  host = '127.0.0.1',
): Promise<Listener> {
  const tunnels = new Set<Duplex>()
  server.on('connect', (_request, socket: Duplex) => {
    tunnels.add(socket)
    socket.once('close', () => tunnels.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address() as AddressInfo
  return {
    port: address.port,
    url: `${scheme}://${scheme === 'https' ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
        // Tunnels have left the server's own books.
        for (const socket of tunnels) socket.destroy()
      }),
  }
}

import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Endpoint } from '../http/endpoint.ts'
import { normaliseTarget } from './normalise-path.ts'
import { refuse } from './refuse.ts'
import { route, type EndpointName } from './route.ts'

/** The names by which a browser on this machine may reach the portal; each is an origin of its own. */
const portalHosts = ['127.0.0.1', 'localhost'] as const

/** What the portal may be given from; the metadata endpoint is for machines, and answers elsewhere. */
const portalEndpoints: ReadonlySet<EndpointName> = new Set(['portal', 'resourceManager', 'graph', 'tokenEndpoint'])

/** The origins of a portal at `port`. */
export function portalOrigins(port: number): readonly string[] {
  return portalHosts.map((host) => `http://${host}:${port}`)
}

/**
 * A server of one origin: the portal's files, and the endpoints that the portal calls. It answers to its own names alone, so that no
 * name of somebody else's that is led to this machine becomes an origin of it (DNS rebinding), and not at all to pages of other origins.
 */
export function portalServer(endpoints: Readonly<Record<EndpointName, Endpoint>>): http.Server {
  const server = http.createServer((request, response) => serve(request, response))
  return server

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const origins = portalOrigins((server.address() as AddressInfo).port)
    const baseUrl = `http://${(request.headers.host ?? '').toLowerCase()}`
    const { path, authority } = normaliseTarget(request.url ?? '/')
    if (!origins.includes(baseUrl) || authority !== undefined) {
      refuse(response, `This address is ${origins.join(' or ')}, and answers to no other name.`, 421)
      return
    }
    if (isForeign(request, baseUrl)) {
      refuse(response, 'A page of another origin may not call this address.', 403)
      return
    }
    const name = /^\/(\?|$)|^\/assets\//.test(path) ? 'portal' : route(baseUrl.slice('http://'.length), path)
    if (name === undefined || !portalEndpoints.has(name)) {
      refuse(response, 'There is nothing at this address.', 404)
      return
    }
    request.url = path
    endpoints[name](request, response, { machineId: undefined, baseUrl })
  }
}

/** Browsers tell the origin of every request that another page could not make without this address's leave, and of every form. */
function isForeign({ method, headers: { origin, 'sec-fetch-site': site } }: IncomingMessage, own: string): boolean {
  if (origin !== undefined) return origin.toLowerCase() !== own
  const changes = method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
  return changes && site !== undefined && site !== 'same-origin' && site !== 'none'
}

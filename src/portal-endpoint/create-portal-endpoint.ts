import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import type { Endpoint } from '../http/endpoint.ts'
import { readPortalFiles, type PortalFile, type PortalFiles } from './portal-files.ts'

export interface PortalOptions {
  /** Folder of the built portal. */
  readonly directory: string
  readonly tenantId: string
  readonly randomBytes: (size: number) => Uint8Array
  readonly logger: FastifyBaseLogger
}

/** What no page of another origin shall do with the portal: read it, frame it, open it and keep a hand on it. */
const protection = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const

const asText = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
const notBuilt = 'The portal is not built. Run npm run build in the folder of Lanyard, then start lanyard up again.\n'

/** The files of the portal: its page at `/`, and what the page loads below `/assets/`. It holds nothing else, and asks nobody who they are. */
export async function createPortalEndpoint({ directory, tenantId, randomBytes, logger }: PortalOptions): Promise<Endpoint> {
  const files = await readPortalFiles(directory)
  return (request, response) => {
    try {
      serve(request, response)
    } catch (error) {
      logger.error({ err: error }, 'request failed')
      response.writeHead(500, { ...protection, ...asText }).end()
    }
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const [path = '/'] = (request.url ?? '/').split('?', 1)
    const answer = (status: number, headers: Readonly<Record<string, string>>, body: string | Uint8Array) => {
      response.writeHead(status, { ...protection, ...headers, 'content-length': String(Buffer.byteLength(body)) })
      response.end(request.method === 'HEAD' ? undefined : body)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      answer(405, { ...asText, allow: 'GET, HEAD' }, 'The portal is read with GET.\n')
    } else if (!files) answer(404, asText, notBuilt)
    else if (path === '/') {
      const nonce = Buffer.from(randomBytes(16)).toString('base64')
      answer(200, pageHeaders(nonce), pageOf(files, tenantId, nonce))
    } else {
      const asset = files.assets.get(path.replace(/^\/assets\//, ''))
      if (!asset || !path.startsWith('/assets/')) answer(404, asText, 'There is nothing at this address.\n')
      else {
        const { headers, body } = encoded(asset, request.headers['accept-encoding'] ?? '')
        answer(200, headers, body)
      }
    }
  }
}

function pageHeaders(nonce: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': policy.join('; '),
  }
}

/** The page with what it must know before it can ask: the tenant, and the nonce that lets its own styles through. */
function pageOf({ index }: PortalFiles, tenantId: string, nonce: string): string {
  const told = `<meta name="lanyard-tenant" content="${tenantId}"><meta name="lanyard-nonce" content="${nonce}">`
  return index.replace(/<head[^>]*>/i, (head) => `${head}\n    ${told}`)
}

/** The names of assets change with their content, so a browser need never ask again. */
function encoded({ type, plain, br, gzip }: PortalFile, accepted: string) {
  const accepts = (name: string) =>
    new RegExp(String.raw`(^|,)\s*${name}\s*(;\s*q=(?!0(\.0*)?\s*(,|$))[^,]*)?\s*(,|$)`, 'i').test(accepted)
  const [encoding, body] = br && accepts('br') ? ['br', br] : gzip && accepts('gzip') ? ['gzip', gzip] : [undefined, plain]
  return {
    body,
    headers: {
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(encoding !== undefined && { 'content-encoding': encoding }),
    },
  }
}

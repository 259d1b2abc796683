import type { ServerResponse } from 'node:http'
import type { Endpoint } from '../http/endpoint.ts'
import type { PublishedKey } from '../tokens/token-authority.ts'

export interface WorkloadIssuerOptions {
  /** Whether a cluster has this issuer. */
  readonly isIssuer: (url: string) => Promise<boolean>
  readonly publishedKeys: () => Promise<readonly PublishedKey[]>
  readonly logger: { error(fields: object, message: string): void }
}

const configurationPath = '.well-known/openid-configuration'
const keysPath = 'openid/v1/jwks'

/** The issuers of the clusters: what a relying party reads to verify the token of a service account (OpenID Connect Discovery 4). */
export function createWorkloadIssuer({ isIssuer, publishedKeys, logger }: WorkloadIssuerOptions): Endpoint {
  async function answer(method: string | undefined, url: URL): Promise<readonly [status: number, body: unknown]> {
    const path = [configurationPath, keysPath].find((suffix) => url.pathname.endsWith(`/${suffix}`))
    const issuer = `${url.origin}${url.pathname.slice(0, path === undefined ? undefined : -path.length)}`
    if (path === undefined || !(await isIssuer(issuer))) return [404, { error: 'There is no such issuer.' }]
    if (method !== 'GET') return [405, { error: 'Method not allowed.' }]
    if (path === keysPath) return [200, { keys: (await publishedKeys()).map((key) => ({ ...key, alg: 'RS256' })) }]
    return [
      200,
      {
        issuer,
        jwks_uri: `${issuer}${keysPath}`,
        response_types_supported: ['id_token'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      },
    ]
  }

  return (request, response, { baseUrl }) => {
    const url = URL.parse(request.url ?? '/', baseUrl)
    if (!url) return send(response, 404, { error: 'There is no such issuer.' })
    answer(request.method, url).then(
      ([status, body]) => send(response, status, body),
      (error: unknown) => {
        logger.error({ err: error }, 'the issuer of a cluster failed')
        send(response, 500, { error: 'The issuer failed.' })
      },
    )
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

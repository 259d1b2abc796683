import https from 'node:https'
import type { TestPlatform } from './start-test-platform.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly text: string
  /** The body as JSON, which the test knows the shape of; fails when it is none. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
  json<T extends object = Record<string, unknown>>(): T
}

/** One HTTPS request to a platform, its certificate verified. */
export async function callPlatform(
  { url, certificateAuthority }: Pick<TestPlatform, 'url' | 'certificateAuthority'>,
  method: string,
  path: string,
  { token, body, headers }: { token?: string; body?: string; headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const base = new URL(url)
    const request = https.request(
      {
        host: base.hostname,
        port: base.port,
        method,
        path,
        ca: certificateAuthority,
        agent: false,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            json: () => JSON.parse(text),
          })
        })
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

/** A token of VM web-1's system identity, from its metadata endpoint. */
export async function machineToken({ metadataUrl }: TestPlatform, resource = 'https://management.azure.com/'): Promise<string> {
  const address = `${metadataUrl}/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${encodeURIComponent(resource)}`
  const answer = await fetch(address, { headers: { Metadata: 'true' } })
  return ((await answer.json()) as { access_token: string }).access_token
}

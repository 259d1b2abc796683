// Tokens made anew for every request (client credentials with a secret, RS256), against the signatures that `openssl speed`
// makes on all cores, against a bare `node:http` that signs, and against two other token servers. Each server is one process;
// all use RSA 2048.
import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import type { Figure } from './figure.ts'
import { requestsPerSecond, type Load } from './load.ts'
import { rounds } from './rounds.ts'
import { startServer, type ServerProcess } from './server-process.ts'

interface LanyardFacts {
  readonly gatewayUrl: string
  readonly tenantId: string
  readonly clientId: string
  readonly secret: string
}

const seconds = 3
const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }

export async function tokenMinting(): Promise<readonly Figure[]> {
  const servers: ServerProcess<unknown>[] = []
  const start = async <T>(name: string): Promise<T> => {
    const server = await startServer<T>(name)
    servers.push(server)
    return server.facts
  }
  try {
    const lanyard = lanyardLoad(await start<LanyardFacts>('lanyard.ts'))
    const provider = otherLoad(await start<{ url: string }>('oidc-provider.js'))
    const signing = otherLoad(await start<{ url: string }>('signing.ts'))
    const mock = otherLoad(await start<{ url: string }>('oauth2-mock-server.js'))
    await refuseRepeatedTokens(lanyard)
    const rates = await rounds(5, [
      { name: 'lanyard', measure: () => requestsPerSecond(lanyard, seconds) },
      { name: 'openssl speed', measure: opensslSignaturesPerSecond },
      { name: 'node:http that signs', measure: () => requestsPerSecond(signing, seconds) },
      { name: 'oidc-provider', measure: () => requestsPerSecond(provider, seconds) },
      { name: 'oauth2-mock-server', measure: () => requestsPerSecond(mock, seconds) },
    ])
    const rate = (name: string) => rates.get(name) ?? NaN
    const against = (name: string) => rate('lanyard') / rate(name)
    const what = 'new tokens per second over HTTP'
    const method = 'medians of 5 rounds of 3 s each, 32 connections, wrk on the same cores'
    // What Node itself leaves of openssl's figure. Nothing signs faster than what does nothing else: above 1, something else ran
    // beside openssl, and the run says nothing about the target.
    const ceiling = rate('node:http that signs') / rate('openssl speed')
    const undisturbed = ceiling < 1
    const note = undisturbed
      ? `node:http that only signs reaches ${ceiling.toFixed(2)}`
      : 'VOID: other programs ran beside openssl, run it again on a quiet machine'
    return [
      {
        what,
        method: `${method}; ${note}`,
        rates,
        ratio: against('openssl speed'),
        target: 'at least 0.85 of openssl speed -multi',
        met: undisturbed && against('openssl speed') >= 0.85,
      },
      {
        what,
        method,
        rates: new Map(),
        ratio: against('oidc-provider'),
        target: 'ahead of oidc-provider',
        met: against('oidc-provider') > 1,
      },
      {
        what,
        method,
        rates: new Map(),
        ratio: against('oauth2-mock-server'),
        target: 'ahead of oauth2-mock-server',
        met: against('oauth2-mock-server') > 1,
      },
    ]
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}

/** By way of the gateway, as `lanyard run` has it: the forward proxy is asked for the authority's own address. */
function lanyardLoad({ gatewayUrl, tenantId, clientId, secret }: LanyardFacts): Load {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    scope: 'https://management.azure.com/.default',
  })
  const target = `http://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`
  return {
    url: gatewayUrl,
    method: 'POST',
    target,
    headers: { ...headers, Host: 'login.microsoftonline.com' },
    body: String(form),
  }
}

function otherLoad({ url }: { url: string }): Load {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'bench',
    client_secret: 'a-secret-that-is-long-enough-for-all',
    scope: 'all',
  })
  return { url, method: 'POST', target: '/token', headers, body: String(form) }
}

/** What is measured is the making of tokens, so each answer of ours has to hold another one. */
async function refuseRepeatedTokens({ url, target, body = '' }: Load): Promise<void> {
  const tokens = await Promise.all([1, 2].map(async () => (await askOnce(url, target, body)).access_token))
  if (new Set(tokens).size !== 2) throw new Error(`${url} gave the same token twice, or none`)
}

async function askOnce(url: string, target: string, body: string): Promise<{ access_token?: string }> {
  const { request } = await import('node:http')
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const call = request({ hostname, port, path: target, method: 'POST', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve(JSON.parse(text) as { access_token?: string }))
    })
    call.on('error', reject).end(body)
  })
}

function opensslSignaturesPerSecond(): number {
  const cores = String(availableParallelism())
  const output = execFileSync('openssl', ['speed', '-seconds', String(seconds), '-multi', cores, 'rsa2048'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return Number(/^rsa +2048 bits +\S+ +\S+ +([\d.]+)/m.exec(output)?.[1])
}

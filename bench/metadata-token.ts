// A cached token from the metadata endpoint, against a bare `node:http` server that gives the same bytes for every request.
import { requestsPerSecond } from './load.ts'
import type { Figure } from './figure.ts'
import { rounds } from './rounds.ts'
import { startServer } from './server-process.ts'

const target = '/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F'
const headers = { Metadata: 'true' }

export async function metadataToken(): Promise<readonly Figure[]> {
  const lanyard = await startServer<{ metadataUrl: string }>('lanyard.ts')
  try {
    const sample = await fetch(lanyard.facts.metadataUrl + target, { headers })
    const kept = ['content-type', 'content-length', 'server', 'cache-control'].map((name) => [
      name,
      sample.headers.get(name) ?? '',
    ])
    const bare = await startServer<{ url: string }>('bare.ts', { headers: Object.fromEntries(kept), body: await sample.text() })
    try {
      const rates = await rounds(7, [
        { name: 'lanyard', measure: () => requestsPerSecond({ url: lanyard.facts.metadataUrl, target, headers }, 3) },
        { name: 'node:http', measure: () => requestsPerSecond({ url: bare.facts.url, target, headers }, 3) },
      ])
      const ratio = (rates.get('lanyard') ?? NaN) / (rates.get('node:http') ?? NaN)
      return [
        {
          what: 'cached metadata token, requests per second',
          method: 'medians of 7 rounds of 3 s each, 32 connections, wrk on the same cores',
          rates,
          ratio,
          target: 'at least 0.85 of bare node:http',
          met: ratio >= 0.85,
        },
      ]
    } finally {
      await bare.stop()
    }
  } finally {
    await lanyard.stop()
  }
}

import http from 'node:http'
import https from 'node:https'
import { sample } from 'fast-check'
import { decodeJwt } from 'jose'
import { requestsTo, type GeneratedRequest } from './requests.ts'
import type { Target } from './targets.ts'

/** How long an answer may take, milliseconds. */
const patience = 10_000
const connections = 24
const batch = 2_000

/** What was wrong with an answer. */
export interface Finding {
  readonly request: GeneratedRequest
  readonly wrong: string
}

export interface FuzzResult {
  readonly sent: number
  /** Answers by status. */
  readonly statuses: ReadonlyMap<number, number>
  readonly findings: readonly Finding[]
}

/**
 * Sends generated requests to a target, and holds every answer against what must never be: a 5xx, a hang, a dropped connection, the
 * token of another machine, a stack trace.
 * @param seed the same requests for the same seed
 */
export async function fuzz(target: Target, count: number, seed: number): Promise<FuzzResult> {
  const isTls = target.origin.startsWith('https:')
  const agent = isTls
    ? new https.Agent({ keepAlive: true, maxSockets: connections, ca: target.ca, servername: 'localhost' })
    : new http.Agent({ keepAlive: true, maxSockets: connections })
  const statuses = new Map<number, number>()
  const findings: Finding[] = []
  const arbitrary = requestsTo(target)
  try {
    for (let sent = 0; sent < count; sent += batch) {
      const requests = sample(arbitrary, { numRuns: Math.min(batch, count - sent), seed: seed + sent })
      let next = 0
      await Promise.all(
        Array.from({ length: connections }, async () => {
          while (next < requests.length && findings.length < 20) {
            const request = requests[next++]
            if (!request) continue
            const { status, text } = await send(target, agent, request)
            statuses.set(status, (statuses.get(status) ?? 0) + 1)
            const wrong = fault(target, status, text)
            if (wrong !== undefined) findings.push({ request, wrong })
          }
        }),
      )
    }
  } finally {
    agent.destroy()
  }
  return { sent: [...statuses.values()].reduce((sum, n) => sum + n, 0), statuses, findings }
}

function send(
  target: Target,
  agent: http.Agent,
  { method, path, headers, body }: GeneratedRequest,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const { request } = target.origin.startsWith('https:') ? https : http
    const { hostname, port } = new URL(target.origin)
    // Node leaves the length out where a GET has a body, and the server would take that for the next request.
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const call = request(
      { hostname, port, path, method, headers: { ...headers, ...length }, agent, timeout: patience },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        response.once('end', () => resolve({ status: response.statusCode ?? 0, text }))
        response.once('error', (error) => resolve({ status: 0, text: error.message }))
      },
    )
    call.once('timeout', () => call.destroy(new Error(`no answer in ${patience} ms`)))
    call.once('error', (error) => resolve({ status: 0, text: error.message }))
    call.end(body)
  })
}

function fault({ holders }: Target, status: number, text: string): string | undefined {
  if (status === 0) return text
  // What the gateway refuses to pass on is 502, and no endpoint's.
  if (status >= 500 && !(status === 502 && /^Lanyard|^This is a forward proxy|^This machine has no/.test(text)))
    return `${status} ${text.slice(0, 200)}`
  if (/\n\s+at \S+ ?\(?.*:\d+:\d+|node:internal|node_modules/.test(text)) return `a stack trace: ${text.slice(0, 200)}`
  const [, token] = /"access_token":"([^"]+)"/.exec(text) ?? []
  if (token === undefined) return undefined
  const holder = String(decodeJwt(token)['oid'])
  return holders?.has(holder) === true ? undefined : `a token of ${holder}`
}

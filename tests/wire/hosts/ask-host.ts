import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openSession, type Session } from '../../../src/server/index.ts'
import { hostWorld } from '../../support/host-world.ts'
import { startTestPlatform } from '../../support/start-test-platform.ts'

export const arm = 'https://management.azure.com/'
export const vault = 'https://vault.azure.net'

export interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Record<string, unknown>
}

export interface Sent {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** A machine of a real platform, addressed as its code would: by the variables that its host gives it. */
export interface Host {
  readonly session: Session
  /** A variable that the host gives its code. */
  variable(name: string): string
  /** @param variable name of the one that holds the address */
  ask(variable: string, query: Record<string, string>, sent?: Sent): Promise<Answer>
}

export async function startHosts() {
  const platform = await startTestPlatform(hostWorld)
  const keys = mkdtempSync(path.join(tmpdir(), 'lanyard-arc-'))
  const sessions: Session[] = []
  return {
    platform,
    keys,
    async open(machine: string): Promise<Host> {
      const wanted = { machine, resourceGroup: undefined, application: undefined, arcKeyDirectory: keys }
      const session = await openSession(platform.platform, wanted)
      sessions.push(session)
      const variable = (name: string) => {
        const value = session.facts.environment[name]
        assert.ok(value, `${machine} sets no ${name}`)
        return value
      }
      const ask = (name: string, query: Record<string, string>, sent?: Sent) =>
        request(`${variable(name)}?${new URLSearchParams(query).toString()}`, sent, platform.certificateAuthority)
      return { session, variable, ask }
    },
    /** The object ids of the identities of a machine, by name of the user-assigned one or `system`. */
    async identities(machine: string): Promise<Record<string, { objectId: string; clientId: string; resourceId: string }>> {
      const [resource] = await platform.platform.findMachines(machine, undefined)
      const facts = await platform.platform.machineFacts(resource?.id ?? '')
      return Object.fromEntries(
        (facts?.identities ?? []).map(({ principal: { objectId, clientId }, userAssignedId }) => [
          userAssignedId?.split('/').at(-1) ?? 'system',
          { objectId, clientId, resourceId: userAssignedId ?? '' },
        ]),
      )
    },
    async close() {
      await Promise.all(sessions.map((session) => session.close()))
      await platform.close()
      rmSync(keys, { recursive: true, force: true })
    },
  }
}

export type Hosts = Awaited<ReturnType<typeof startHosts>>

function request(url: string, { method = 'GET', headers = {}, body }: Sent = {}, ca: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { request: send } = url.startsWith('https:') ? https : http
    const call = send(url, { method, headers, agent: false, ...(url.startsWith('https:') && { ca }) }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: JSON.parse(text) as Record<string, unknown>,
        }),
      )
    })
    call.on('error', reject)
    call.end(body)
  })
}

export function claimsOf({ status, body }: Answer): Record<string, unknown> {
  assert.equal(status, 200, JSON.stringify(body))
  return JSON.parse(Buffer.from(String(body['access_token']).split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >
}

/** Asserts status and body. */
export function refused({ status, body }: Answer, expected: object, code = 400): void {
  assert.deepEqual({ status, body }, { status: code, body: expected })
}

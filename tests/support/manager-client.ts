import { defaultWorld } from '../../src/world/default-world.ts'
import { callPlatform, machineToken, type Answer } from './call-platform.ts'
import { groupId, startTestPlatform, type TestPlatform } from './start-test-platform.ts'

export const version = 'api-version=2024-11-01'

export interface Manager {
  readonly platform: TestPlatform
  /** Of the machine web-1, which owns the default world's subscription unless the test gave it another role. */
  readonly token: string
  /** One request with the token; `path` without the api-version, which is added. `body` is sent as JSON. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
}

/** The default world with `web-1` in a role at a scope: Owner of the subscription unless given. */
export async function openManager({
  role = 'Owner',
  scope = groupId.split('/').slice(0, 3).join('/'),
  clock,
}: { role?: string; scope?: string; clock?: () => number } = {}): Promise<Manager> {
  const platform = await startTestPlatform(
    { ...defaultWorld, roleAssignments: [{ role, principal: { virtualMachine: 'web-1' }, scope }] },
    clock ? { clock } : {},
  )
  const token = await machineToken(platform)
  return { platform, token, call: (...parameters) => callManager(platform, token, ...parameters) }
}

/** One request with a token of the test's own. */
export async function callManager(
  platform: TestPlatform,
  token: string | undefined,
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
): Promise<Answer> {
  const target = path.includes('api-version') ? path : `${path}${path.includes('?') ? '&' : '?'}${version}`
  return callPlatform(platform, method, target, {
    ...(token !== undefined && { token }),
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(headers && { headers }),
  })
}

/** Status, code and message of ARM's envelope. */
export function errorOf(answer: Answer): readonly [status: number, code: string, message: string] {
  const { error } = answer.json<{ error: { code: string; message: string } }>()
  return [answer.status, error.code, error.message]
}

/** A token of the installation's administrator, who owns everything. */
export async function administratorToken(platform: TestPlatform): Promise<string> {
  const { clientId, secret } = await platform.platform.lendSecret('lanyard-administrator')
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    scope: 'https://management.azure.com/.default',
  })
  const answer = await callPlatform(platform, 'POST', `/${platform.platform.tenantId}/oauth2/v2.0/token`, {
    body: body.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  return answer.json<{ access_token: string }>().access_token
}

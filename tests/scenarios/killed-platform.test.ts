import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { defaultSubscriptionId } from '../../src/world/default-world.ts'
import { callPlatform, type Answer } from '../support/call-platform.ts'
import { addressOf, startUpProcess, type UpProcess } from '../support/start-up-process.ts'

const data = mkdtempSync(path.join(tmpdir(), 'lanyard-killed-'))
after(() => rmSync(data, { recursive: true, force: true }))

const subscription = `/subscriptions/${defaultSubscriptionId}`
const readerRole = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
interface Machine {
  readonly id: string
  readonly identity?: { readonly principalId: string }
}
interface Credentials {
  readonly tenant: string
  readonly id: string
  readonly secret: string
}

type Call = (method: string, target: string, body?: object) => Promise<Answer>

async function openCalls(up: UpProcess, { tenant, id, secret }: Credentials): Promise<{ arm: Call; graph: Call }> {
  const address = await addressOf(up, data)
  const callWith = async (resource: string): Promise<Call> => {
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret, resource })
    const answer = await callPlatform(address, 'POST', `/${tenant}/oauth2/token`, {
      body: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    const token = String(answer.json()['access_token'])
    return (method, target, body) => callPlatform(address, method, target, { token, ...(body && { body: JSON.stringify(body) }) })
  }
  return { arm: await callWith('https://management.azure.com/'), graph: await callWith('https://graph.microsoft.com/') }
}

/**
 * Makes groups, each with a machine whose identity is on and has a role, several at once, and kills the platform as soon as
 * `count` answers have come.
 * @returns ids of what was acknowledged
 */
async function writeUntilKilled(up: UpProcess, arm: Call, round: number, count: number): Promise<string[]> {
  const acknowledged: string[] = []
  const put = async (id: string, version: string, body: object): Promise<Answer> => {
    const answer = await arm('PUT', `${id}?api-version=${version}`, body)
    assert.ok(answer.status === 200 || answer.status === 201, answer.text)
    acknowledged.push(id)
    if (acknowledged.length === count) up.child.kill('SIGKILL')
    return answer
  }
  const writer = async (name: string) => {
    for (let number = 0; ; number++) {
      const group = `${subscription}/resourceGroups/${name}-${number}`
      await put(group, '2021-04-01', { location: 'westeurope' })
      const made = await put(`${group}/providers/Microsoft.Compute/virtualMachines/vm`, '2024-11-01', {
        location: 'westeurope',
        identity: { type: 'SystemAssigned' },
      })
      const guid = `${round}0000000-0000-4000-8000-${String(acknowledged.length).padStart(12, '0')}`
      await put(`${group}/providers/Microsoft.Authorization/roleAssignments/${guid}`, '2022-04-01', {
        properties: {
          roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${readerRole}`,
          principalId: made.json<{ identity: { principalId: string } }>().identity.principalId,
          principalType: 'ServicePrincipal',
        },
      })
    }
  }
  // Each writer ends by the connection that breaks.
  const ends = await Promise.allSettled([0, 1, 2].map((writerNumber) => writer(`r${round}-${writerNumber}`)))
  for (const end of ends) {
    const { reason } = end as PromiseRejectedResult
    if (reason instanceof assert.AssertionError) throw reason
  }
  await up.ended
  return acknowledged
}

test('kill -9 in the middle of writing: what was acknowledged is there, and nothing is half made', async () => {
  let credentials: Credentials | undefined
  const acknowledged: string[] = []
  for (const [round, count] of [31, 52, 74].entries()) {
    const up = startUpProcess(data)
    assert.ok(await up.isUp, up.printed.stderr)
    const login = /-u (\S+) -p (\S+) --tenant (\S+)/.exec(up.printed.stdout)
    credentials ??= { id: login?.[1] ?? '', secret: login?.[2] ?? '', tenant: login?.[3] ?? '' }
    const { arm } = await openCalls(up, credentials)
    acknowledged.push(...(await writeUntilKilled(up, arm, round + 1, count)))
  }
  assert.ok(credentials)
  const up = startUpProcess(data)
  assert.ok(await up.isUp, up.printed.stderr)
  const { arm, graph } = await openCalls(up, credentials)
  const versions: readonly [RegExp, string][] = [
    [/\/roleAssignments\//, '2022-04-01'],
    [/\/virtualMachines\//, '2024-11-01'],
    [/./, '2021-04-01'],
  ]
  for (const id of acknowledged) {
    const version = versions.find(([pattern]) => pattern.test(id))?.[1] ?? ''
    assert.equal((await arm('GET', `${id}?api-version=${version}`)).status, 200, `${id} was acknowledged and is lost`)
  }
  const list = await arm('GET', `${subscription}/providers/Microsoft.Compute/virtualMachines?api-version=2024-11-01`)
  const machines = list.json<{ value: Machine[] }>().value
  const principals = await graph(
    'GET',
    `/v1.0/servicePrincipals?$top=999&$filter=servicePrincipalType eq 'ManagedIdentity'`.replaceAll(' ', '%20'),
  )
  assert.deepEqual(
    new Set(principals.json<{ value: { id: string }[] }>().value.map(({ id }) => id)),
    new Set(machines.map(({ identity }) => identity?.principalId)),
  )
  up.child.kill()
  assert.equal(await up.ended, 0)
})

import assert from 'node:assert/strict'
import http, { type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, afterEach, describe, test } from 'node:test'
import { parseFault, type FaultInput } from '../../src/faults/fault-schema.ts'
import type { World } from '../../src/world/world-schema.ts'
import { brokenIn, startPatient } from '../support/start-patient.ts'
import { groupId, machineId } from '../support/start-test-platform.ts'
import { defaultSubscriptionId } from '../../src/world/default-world.ts'

const world: World = {
  subscriptions: [
    {
      name: 'Lanyard',
      id: defaultSubscriptionId,
      resourceGroups: [
        {
          name: 'lanyard',
          location: 'westeurope',
          userAssignedIdentities: [{ name: 'app' }, { name: 'spare' }],
          virtualMachines: [{ name: 'web-1', systemAssignedIdentity: true, userAssignedIdentities: [] }],
          machines: [],
          resources: [],
        },
        { name: 'other', location: 'westeurope', userAssignedIdentities: [], virtualMachines: [], machines: [], resources: [] },
      ],
    },
  ],
  applications: [],
  roleAssignments: [{ role: 'Reader', principal: { virtualMachine: 'web-1' }, scope: groupId }],
}

const patient = await startPatient(world)
after(() => patient.close())
const { faults, clock } = patient.platform.platform
const servers: http.Server[] = []
afterEach(() => {
  faults.clear()
  clock.reset()
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

/** A server of the test's own, at an address of its own. */
async function serve(listener: RequestListener): Promise<string> {
  const server = http.createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const admin = async (command: string) => assert.equal(await patient.follow(command), '')
const stateOf = async (id: string, words?: readonly string[]) =>
  (await patient.doctor(words)).links.find((link) => link.id === id)?.state
const inTheRealAzure = { LANYARD_VM: '' }

describe('a machine that is well', () => {
  test('passes every link, in the order of the chain, and prints the principal that the script prints', async () => {
    const report = await patient.doctor()
    assert.deepEqual([report.healthy, report.exitCode, report.host, report.machineId], [true, 0, 'vm', machineId])
    assert.deepEqual(
      report.links.map(({ id, state }) => `${id} ${state}`),
      [
        'metadata-address passed',
        'machine passed',
        'identities passed',
        'extension skipped',
        'token passed',
        'token-claims passed',
        'subscriptions passed',
        'role passed',
        'script-call passed',
      ],
    )
    await patient.lanyard(['login', '--identity'])
    const { out } = await patient.lanyard(['resource', 'list', '-n', 'web-1', '--query', '[*].identity.principalId', '-o', 'tsv'])
    assert.equal(report.links.at(-1)?.detail, `it prints ${out.trim()}`)
    assert.equal(report.links[7]?.detail, 'Reader at group lanyard')
  })

  test('says so to a person in a line for each link, none longer than the terminal', async () => {
    const { code, out } = await patient.lanyard(['doctor'])
    assert.equal(code, 0)
    assert.match(out, /^✓ Metadata address +http:\/\/127\.0\.0\.1:\d+ answers \(IMDS\/[\d.]+\)$/m)
    assert.match(out, /\nThe chain holds: .*\n$/)
    for (const line of out.split('\n')) assert.ok(line.length <= 80, line)
  })
})

describe("the sign-in article's journey: identity off, then no access", () => {
  const switchOff = () => admin(`lanyard vm identity remove -g lanyard -n web-1`)

  for (const grammar of ['lanyard', 'az'] as const) {
    test(`what is printed for ${grammar} repairs one link after the other`, async () => {
      await switchOff()
      const off = await patient.doctor()
      assert.deepEqual([off.exitCode, brokenIn(off).id, brokenIn(off).code], [14, 'identities', 'no-identity'])
      assert.equal(brokenIn(off).fixes?.[0]?.[grammar], `${grammar} vm identity assign -g lanyard -n web-1`)
      assert.equal(await patient.follow(brokenIn(off).fixes?.[0]?.[grammar]), '')

      const unable = await patient.doctor()
      assert.deepEqual([unable.exitCode, brokenIn(unable).id, brokenIn(unable).code], [21, 'subscriptions', 'no-access'])
      assert.match(
        brokenIn(unable).fixes?.[0]?.[grammar] ?? '',
        / --role Reader --scope "\/subscriptions\/[^"]+\/virtualMachines\/web-1"$/,
      )
      assert.equal(await patient.follow(brokenIn(unable).fixes?.[0]?.[grammar]), '')

      const well = await patient.doctor()
      assert.deepEqual([well.exitCode, well.links.find(({ id }) => id === 'role')?.detail], [0, 'Reader at the machine'])
    })
  }

  test('--fix --yes repairs both, and shows the chain again', async () => {
    await switchOff()
    const { code, out, err } = await patient.lanyard(['doctor', '--fix', '--yes'])
    assert.equal(code, 0)
    assert.match(err, /^Done: Switch the system-assigned identity of web-1 on\.\nDone: Give [0-9a-f-]{36} Reader at web-1\.\n$/)
    assert.match(out, /✗ Identities .*✗ Subscriptions .*The chain holds/s)
  })

  test('--fix asks first, changes nothing on no, and nothing where nobody can be asked', async () => {
    await switchOff()
    const declined = await patient.lanyard(['doctor', '--fix'], { typed: 'n' })
    assert.equal(declined.code, 14)
    assert.match(declined.err, /Switch the system-assigned identity of web-1 on\? \[y\/N\] /)
    const alone = await patient.lanyard(['doctor', '--fix'])
    assert.deepEqual([alone.code, alone.err], [14, 'Nobody can be asked, as there is no terminal. Use --fix --yes.\n'])
    assert.equal((await patient.doctor()).exitCode, 14)
    const agreed = await patient.lanyard(['doctor', '--fix', '--yes'])
    assert.equal(agreed.code, 0)
  })

  test('--fix makes no change for a machine that is not of Lanyard, or of another platform than the one that runs', async () => {
    await switchOff()
    const foreign = await patient.lanyard(['doctor', '--fix', '--yes'], { env: inTheRealAzure })
    assert.deepEqual(
      [foreign.code, foreign.err],
      [14, 'This is no machine of Lanyard: the commands above are for whoever has the rights.\n'],
    )
    const ending = await patient.lanyard(['doctor', '--fix', '--yes'], { env: { LANYARD_DATA: '/nowhere' } })
    assert.equal(ending.code, 14)
    assert.match(ending.err, /ends with its run/)
    await patient.lanyard(['doctor', '--fix', '--yes'])
  })
})

describe('roles', () => {
  test('one that lies beside the machine does not count, and the fix is at the machine', async () => {
    const principalId = (await patient.doctor()).links.at(-1)?.detail.split(' ').at(-1) ?? ''
    await admin(`lanyard role assignment delete --assignee-object-id ${principalId} --scope "${machineId}"`)
    await patient.follow(`lanyard role assignment delete --assignee-object-id ${principalId} --scope "${groupId}"`)
    await admin(
      `lanyard role assignment create --assignee-object-id ${principalId} --assignee-principal-type ServicePrincipal --role Reader -g other`,
    )
    const report = await patient.doctor()
    assert.deepEqual([report.exitCode, brokenIn(report).id], [21, 'role'])
    assert.match(brokenIn(report).cause ?? '', /Microsoft\.Compute\/virtualMachines\/read/)
    assert.equal(await patient.follow(brokenIn(report).fixes?.[0]?.lanyard), '')
    assert.equal((await patient.doctor()).exitCode, 0)
  })
})

describe('identities that are named', () => {
  const idOf = (name: string) => `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`
  const clientIdOf = async (name: string) => {
    const { out, err } = await patient.asAdministrator([
      'identity',
      'show',
      '-g',
      'lanyard',
      '-n',
      name,
      '--query',
      'clientId',
      '-o',
      'tsv',
    ])
    assert.match(out, /^[0-9a-f-]{36}\n$/, err)
    return out.trim()
  }

  test('one that is not attached is attached by the printed commands, or by --fix', async () => {
    const clientId = await clientIdOf('app')
    const report = await patient.doctor(['--resource-id', idOf('app')])
    assert.deepEqual([report.exitCode, brokenIn(report).id], [15, 'token'])
    assert.equal(await patient.follow(brokenIn(report).fixes?.[0]?.lanyard), '')
    assert.equal(await stateOf('token', ['--client-id', clientId]), 'passed')
    await admin(`lanyard vm identity remove -g lanyard -n web-1 --identities "${idOf('app')}"`)
    const { err } = await patient.lanyard(['doctor', '--fix', '--yes'], { env: { AZURE_CLIENT_ID: clientId } })
    assert.match(err, /^Done: Attach the identity /)
    assert.equal(await stateOf('token', ['--client-id', clientId]), 'passed')
  })

  test('several without a system-assigned one, and none named', async () => {
    await admin(`lanyard vm identity assign -g lanyard -n web-1 --identities "${idOf('app')}" "${idOf('spare')}"`)
    await admin('lanyard vm identity remove -g lanyard -n web-1 --identities [system]')
    const report = await patient.doctor()
    assert.deepEqual([report.exitCode, brokenIn(report).id], [15, 'identities'])
    assert.equal(await patient.follow(brokenIn(report).fixes?.[1]?.lanyard), '')
    assert.equal(await stateOf('identities'), 'passed')
    await patient.lanyard(['doctor', '--fix', '--yes'])
  })
})

describe('services that fail', () => {
  const ofTokens = { endpoint: 'metadata', path: '/metadata/identity/oauth2' } as const
  const cases: Readonly<Record<string, readonly [fault: FaultInput, link: string, exitCode: number]>> = {
    'the metadata service is throttled': [{ kind: 'answer', status: 429, retryAfter: 2, ...ofTokens }, 'token', 17],
    'it is being updated': [{ kind: 'answer', status: 410, ...ofTokens }, 'token', 17],
    'it fails': [{ kind: 'answer', status: 500, ...ofTokens }, 'token', 17],
    'it does not answer': [{ kind: 'hang', ...ofTokens }, 'token', 17],
    'it cuts the connection': [{ kind: 'drop', ...ofTokens }, 'token', 17],
    'it answers half a token': [{ kind: 'malformed', ...ofTokens }, 'token', 18],
    'it answers with 500 whatever is asked': [{ kind: 'answer', status: 500 }, 'machine', 17],
    'the resource manager is throttled': [{ kind: 'answer', status: 429, endpoint: 'resource-manager' }, 'subscriptions', 17],
    'the resource manager refuses the token before its end': [{ kind: 'early-refusal', duration: '25h' }, 'subscriptions', 18],
  }
  for (const [what, [fault, link, exitCode]] of Object.entries(cases)) {
    test(`${what}: the link "${link}" is broken, and the printed fix repairs it`, async () => {
      faults.add(parseFault(fault))
      const report = await patient.doctor(fault.kind === 'hang' ? ['--timeout', '2'] : [])
      assert.deepEqual([brokenIn(report).id, report.exitCode], [link, exitCode], brokenIn(report).detail)
      if (fault.kind === 'early-refusal') faults.clear()
      else assert.equal(await patient.follow(brokenIn(report).fixes?.[0]?.lanyard), '')
      assert.equal((await patient.doctor()).exitCode, 0)
    })
  }

  for (const hours of [25, -25]) {
    test(`the clock of the platform is ${hours} hours ahead: so says the token, and "lanyard clock reset" repairs it`, async () => {
      clock.set(clock.now() + hours * 3_600_000)
      const report = await patient.doctor()
      assert.deepEqual([report.exitCode, brokenIn(report).id], [19, 'token-claims'])
      assert.equal(brokenIn(report).fixes?.[0]?.lanyard, 'lanyard clock reset')
      assert.equal(await patient.follow(brokenIn(report).fixes?.[0]?.lanyard), '')
      assert.equal((await patient.doctor()).exitCode, 0)
    })
  }

  test('--fix resets the clock too', async () => {
    await admin('lanyard clock move 25h')
    assert.equal((await patient.lanyard(['doctor', '--fix', '--yes'])).code, 0)
  })
})

describe('somebody else at the address', () => {
  const others: Readonly<Record<string, readonly [listener: RequestListener, told: RegExp]>> = {
    "Amazon's metadata service": [(_, response) => response.writeHead(404, { server: 'EC2ws' }).end(), /Amazon EC2/],
    "Google's metadata service": [
      (_, response) => response.writeHead(200, { 'metadata-flavor': 'Google' }).end('{}'),
      /Google Cloud/,
    ],
    'a web server': [(_, response) => response.writeHead(200, { server: 'nginx' }).end('<html>'), /"nginx"/],
    "Docker Desktop's network": [
      (_, response) => response.writeHead(403).end('connecting to 169.254.169.254:80: host is unreachable'),
      /Docker Desktop/,
    ],
  }
  for (const [who, [listener, told]] of Object.entries(others)) {
    test(`${who} is recognised`, async () => {
      const report = await patient.doctor([], { env: inTheRealAzure, endpoints: { metadata: await serve(listener) } })
      assert.deepEqual([report.exitCode, brokenIn(report).id], [12, 'metadata-address'])
      assert.match(brokenIn(report).detail, told)
      assert.match(brokenIn(report).fixes?.[0]?.lanyard ?? '', /^lanyard run -- lanyard doctor/)
    })
  }

  test('a proxy that cannot reach the metadata service is told from one that is not there, and NO_PROXY repairs it', async () => {
    const proxy = await serve((_, response) => response.writeHead(502, { via: '1.1 company' }).end('no route'))
    const env = { ...inTheRealAzure, HTTP_PROXY: proxy.replace('//', '//user:secret@') }
    const report = await patient.doctor([], { env })
    assert.deepEqual([report.exitCode, brokenIn(report).code], [11, 'proxy-in-the-way'])
    assert.doesNotMatch(JSON.stringify(report), /secret/)
    const [, exported = ''] = /NO_PROXY="\$NO_PROXY,([^"]+)"/.exec(brokenIn(report).fixes?.[0]?.az ?? '') ?? []
    assert.equal((await patient.doctor([], { env: { ...env, NO_PROXY: exported } })).links[0]?.state, 'passed')
  })

  test('a metadata service that gives tokens for another audience is found out by the token', async () => {
    const metadata = await serve((request, response) => {
      const url = (request.url ?? '').replaceAll(/resource=[^&]*/g, 'resource=https%3A%2F%2Fvault.azure.net')
      void fetch(`${patient.platform.metadataUrl}${url}`, { headers: { Metadata: 'true' } }).then(async (answer) => {
        response.writeHead(answer.status, { server: answer.headers.get('server') ?? '' }).end(await answer.text())
      })
    })
    const report = await patient.doctor([], { endpoints: { metadata } })
    assert.deepEqual([report.exitCode, brokenIn(report).id], [18, 'token-claims'])
    assert.match(brokenIn(report).detail, /audience is "https:\/\/vault\.azure\.net"/)
  })
})

describe('nobody at the address', () => {
  const nobody = 'http://127.0.0.1:9'

  test('a machine that is not in Azure, while a platform of the user is up: it says so and what to type', async () => {
    const { code, out } = await patient.lanyard(['doctor'], { env: inTheRealAzure, endpoints: { metadata: nobody } })
    assert.equal(code, 10)
    assert.match(out, /A platform of Lanyard is running, and this shell is none of its machines/)
    assert.match(out, /lanyard run -- lanyard doctor/)
  })

  test('a machine that is not in Azure, and no platform', async () => {
    const env = { ...inTheRealAzure, LANYARD_DATA: '/nowhere' }
    const report = await patient.doctor([], { env, endpoints: { metadata: nobody } })
    assert.deepEqual([report.exitCode, brokenIn(report).code, report.onLanyard], [10, 'nothing-answers', false])
    assert.match(brokenIn(report).cause ?? '', /not a virtual machine of Azure/)
  })

  test('the resource manager is out of reach, or its certificate not trusted', async () => {
    const report = await patient.doctor([], { endpoints: { resourceManager: 'https://127.0.0.1:9' } })
    assert.deepEqual([report.exitCode, brokenIn(report).id], [20, 'subscriptions'])
    assert.match(brokenIn(report).cause ?? '', /cannot reach Azure Resource Manager/)
  })
})

describe('the extension, for clients that ask the old address', () => {
  test('is looked at when MSI_ENDPOINT names it, and deployed by the printed command, or by --fix', async () => {
    const { port } = new URL(await serve(() => undefined))
    servers.splice(0).forEach((server) => server.close())
    const where = { env: { MSI_ENDPOINT: `http://localhost:${port}/oauth2/token` } }
    const report = await patient.doctor([], where)
    assert.deepEqual([report.exitCode, brokenIn(report).id], [16, 'extension'])
    assert.match(brokenIn(report).detail, /ECONNREFUSED/)
    assert.equal(await patient.follow(brokenIn(report).fixes?.[0]?.lanyard), '')
    assert.equal((await patient.doctor([], where)).exitCode, 0)
    await admin('lanyard vm extension delete -g lanyard --vm-name web-1 -n ManagedIdentityExtensionForLinux')
    assert.equal((await patient.doctor([], where)).exitCode, 16)
    const repaired = await patient.lanyard(['doctor', '--fix', '--yes'], where)
    assert.deepEqual([repaired.code, repaired.err], [0, 'Done: Deploy ManagedIdentityExtensionForLinux on web-1.\n'])
    await admin('lanyard vm extension delete -g lanyard --vm-name web-1 -n ManagedIdentityExtensionForLinux')
  })
})

test('a machine that was deleted is unknown to the metadata service', async () => {
  await admin('lanyard vm delete -g lanyard -n web-1 --yes')
  const report = await patient.doctor()
  assert.deepEqual([report.exitCode, brokenIn(report).id], [13, 'machine'])
  await admin('lanyard vm create -g lanyard -n web-1')
  assert.equal(await stateOf('machine'), 'passed')
})

test('wrong usage ends with 2', async () => {
  assert.equal((await patient.lanyard(['doctor', '--client-id', 'a', '--object-id', 'b'])).code, 2)
  assert.equal((await patient.lanyard(['doctor', '--timeout', 'soon'])).code, 2)
})

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { after, test, type TestContext } from 'node:test'
import { createHttpFetch } from '../api-client/http-fetch.ts'
import { runProgram } from './run-program.ts'

const subscriptionId = '11111111-2222-4333-8444-555555555555'
const tenantId = '99999999-2222-4333-8444-555555555555'
const token = `e30.${Buffer.from(JSON.stringify({ tid: tenantId })).toString('base64url')}.c2ln`
const group = `/subscriptions/${subscriptionId}/resourceGroups/lanyard`
const vm = {
  id: `${group}/providers/Microsoft.Compute/virtualMachines/web-1`,
  name: 'web-1',
  identity: { type: 'SystemAssigned', principalId: 'p1' },
}
const folders = mkdtempSync(path.join(tmpdir(), 'lanyard-cli-'))
after(() => rmSync(folders, { recursive: true, force: true }))

interface Answer {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: unknown
}
type Seen = { method: string; url: string; body: string; authorization: string | undefined }

/** A tiny Azure on a port: `answer` says what each request gets, on top of tokens and one subscription. */
async function azure(context: TestContext, answer: (request: Seen, base: string) => Answer | undefined) {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const it = {
        method: request.method ?? '',
        url: decodeURIComponent(request.url ?? ''),
        body: Buffer.concat(chunks as Buffer[]).toString(),
        authorization: request.headers.authorization,
      }
      seen.push(it)
      const given = answer(it, base) ?? standard(it)
      response.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers })
      response.end(given.body === undefined ? '' : JSON.stringify(given.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  context.after(() => server.close())
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const configuration = mkdtempSync(path.join(folders, 'c-'))
  const lanyard = async (...words: string[]) => {
    const stdout = new PassThrough()
    const stderr = new PassThrough()
    let code = 0
    await runProgram(
      {
        stdin: new PassThrough(),
        stdout,
        stderr,
        env: { LANYARD_CONFIG_DIR: configuration },
        cwd: configuration,
        clock: () => 1_790_000_000_000,
        newGuid: () => '00000000-0000-4000-8000-000000000001',
        sleep: async () => {},
        fetch: createHttpFetch({}),
        endpoints: { resourceManager: base, authority: base, graph: base, metadata: base },
        setExitCode: (value) => (code = value),
      },
      words,
    )
    stdout.end()
    stderr.end()
    return { code, out: (await stdout.toArray()).join(''), err: (await stderr.toArray()).join('') }
  }
  return { lanyard, seen, configuration }
}

function standard({ url }: Seen): Answer {
  if (url.startsWith('/metadata/identity/'))
    return { body: { access_token: token, expires_on: '1790086399', token_type: 'Bearer' } }
  if (url.endsWith('/oauth2/v2.0/token')) return { body: { access_token: token, expires_in: 3599, token_type: 'Bearer' } }
  if (url.startsWith('/subscriptions?'))
    return {
      body: {
        value: [{ id: `/subscriptions/${subscriptionId}`, subscriptionId, displayName: 'One', state: 'Enabled', tenantId }],
      },
    }
  return { status: 404, body: { error: { code: 'ResourceNotFound', message: 'Not here.' } } }
}

test("the article's script: sign in, list the machine's principal", async (context) => {
  const { lanyard, seen, configuration } = await azure(context, ({ url }, base) => {
    if (!url.includes('/resources?')) return undefined
    return url.includes('skiptoken')
      ? { body: { value: [vm] } }
      : { body: { value: [], nextLink: `${base}/subscriptions/${subscriptionId}/resources?$skiptoken=a` } }
  })
  const signedIn = await lanyard('login', '--identity', '-o', 'tsv', '--query', '[].user.assignedIdentityInfo')
  assert.deepEqual(signedIn, { code: 0, out: 'MSI\n', err: '' })
  assert.equal(statSync(path.join(configuration, 'profile.json')).mode & 0o777, 0o600)
  const listed = await lanyard('resource', 'list', '-n', 'web-1', '--query', '[*].identity.principalId', '--out', 'tsv')
  assert.deepEqual(listed, { code: 0, out: 'p1\n', err: '' })
  assert.equal(statSync(path.join(configuration, 'tokens.json')).mode & 0o777, 0o600)
  const list = seen.find((each) => each.url.includes('/resources?'))
  assert.match(list?.url ?? '', /\$filter=name\+eq\+'web-1'/)
  assert.equal(list?.authorization, `Bearer ${token}`)
  assert.equal(seen.filter(({ url }) => url.startsWith('/metadata/')).length, 1)
})

test('a selector reaches the metadata service; no subscription is an error unless it is allowed', async (context) => {
  const { lanyard, seen } = await azure(context, ({ url }) =>
    url.startsWith('/subscriptions?') ? { body: { value: [] } } : undefined,
  )
  const refused = await lanyard('login', '--identity', '--client-id', 'abc')
  assert.equal(refused.code, 1)
  assert.match(refused.err, /^ERROR: No access was configured for the managed identity, hence no subscriptions were found\./)
  assert.match(seen[0]?.url ?? '', /client_id=abc/)
  const allowed = await lanyard('login', '--identity', '--allow-no-subscriptions', '--query', '[].name', '-o', 'tsv')
  assert.equal(allowed.out, 'N/A(tenant level account)\n')
})

test('errors: refused token, refused request, not found, not signed in, wrong usage', async (context) => {
  let tokenRefused = true
  const { lanyard } = await azure(context, ({ url }) => {
    if (tokenRefused && url.startsWith('/metadata/'))
      return { status: 400, body: { error: 'invalid_request', error_description: 'Identity not found' } }
    return url.includes('/virtualMachines?')
      ? { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } }
      : undefined
  })
  assert.deepEqual(await lanyard('account', 'show'), {
    code: 1,
    out: '',
    err: "ERROR: Please run 'lanyard login' to setup account.\n",
  })
  assert.deepEqual(await lanyard('login', '--identity'), { code: 1, out: '', err: 'ERROR: Identity not found\n' })
  tokenRefused = false
  await lanyard('login', '--identity')
  assert.deepEqual(await lanyard('vm', 'list'), {
    code: 1,
    out: '',
    err: 'ERROR: (AuthorizationFailed) No.\nCode: AuthorizationFailed\nMessage: No.\n',
  })
  assert.equal((await lanyard('vm', 'show', '-g', 'lanyard', '-n', 'x')).code, 3)
  assert.equal((await lanyard('vm', 'show', '-g', 'lanyard')).code, 2)
  assert.equal((await lanyard('login')).code, 2)
})

test('a service principal signs in with a secret, which --debug does not show', async (context) => {
  const { lanyard, seen } = await azure(context, () => undefined)
  const { code, err } = await lanyard(
    'login',
    '--service-principal',
    '-u',
    'app',
    '-p',
    's3cret',
    '--tenant',
    tenantId,
    '--debug',
  )
  assert.equal(code, 0)
  assert.match(err, /DEBUG: > POST/)
  assert.ok(!err.includes('s3cret') && !err.includes(token))
  assert.equal(new URLSearchParams(seen[0]?.body).get('scope'), 'https://management.core.windows.net//.default')
})

test('identities are added and removed by PATCH; a throttled request is tried again', async (context) => {
  let throttled = 0
  const { lanyard, seen } = await azure(context, ({ method, url }) => {
    if (method === 'GET' && url.includes('/virtualMachines/web-1') && throttled++ === 0)
      return { status: 429, headers: { 'retry-after': '0' } }
    return url.includes('/virtualMachines/web-1') ? { body: vm } : undefined
  })
  await lanyard('login', '--identity')
  assert.equal((await lanyard('vm', 'identity', 'assign', '-g', 'lanyard', '-n', 'web-1', '--identities', 'app')).code, 0)
  const id = `/subscriptions/${subscriptionId}/resourceGroups/lanyard/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app`
  assert.deepEqual(JSON.parse(seen.at(-1)?.body ?? ''), {
    identity: { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [id]: {} } },
  })
  await lanyard('vm', 'identity', 'remove', '-g', 'lanyard', '-n', 'web-1')
  assert.deepEqual(JSON.parse(seen.at(-1)?.body ?? ''), { identity: { type: 'None' } })
})

test('a role is found by name, an assignee through Graph', async (context) => {
  const { lanyard, seen } = await azure(context, ({ method, url }) => {
    if (url.startsWith('/v1.0/servicePrincipals?')) return { body: { value: [{ id: 'object-1', appId: 'app' }] } }
    if (url.includes('/roleDefinitions?'))
      return { body: { value: [{ id: '/r/reader', name: 'reader', properties: { roleName: 'Reader' } }] } }
    if (method === 'PUT')
      return {
        status: 201,
        body: { id: '/a', name: 'a', properties: { roleDefinitionId: '/r/reader', principalId: 'object-1', scope: group } },
      }
    return undefined
  })
  await lanyard('login', '--identity')
  const made = await lanyard(
    'role',
    'assignment',
    'create',
    '--assignee',
    'app',
    '--role',
    'Reader',
    '-g',
    'lanyard',
    '--query',
    'principalId',
    '-o',
    'tsv',
  )
  assert.deepEqual(made, { code: 0, out: 'object-1\n', err: '' })
  assert.deepEqual(JSON.parse(seen.at(-1)?.body ?? ''), {
    properties: { roleDefinitionId: '/r/reader', principalId: 'object-1' },
  })
})

test('a next link to another host is not followed with the token', async (context) => {
  const { lanyard } = await azure(context, ({ url }) =>
    url.includes('/resources?') ? { body: { value: [], nextLink: 'http://localhost:1/x' } } : undefined,
  )
  await lanyard('login', '--identity')
  const listed = await lanyard('resource', 'list')
  assert.equal(listed.code, 1)
  assert.match(listed.err, /is another host/)
})

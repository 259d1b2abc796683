import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { main, second, startClient, type Client } from '../../support/start-client.ts'

let client: Client
before(async () => {
  client = await startClient()
  await client.get('login --identity')
})
after(() => client.close())

test('login shows the subscriptions, of which the first is the default', async () => {
  assert.equal(
    await client.get('login --identity --query [].[name,isDefault,user.assignedIdentityInfo,user.type] -o tsv'),
    'Main\tTrue\tMSI\tservicePrincipal\nSecond\tFalse\tMSI\tservicePrincipal',
  )
})

test('account list, show and set', async () => {
  assert.equal(await client.get('account list --query [].name -o tsv'), 'Main\nSecond')
  await client.get('account set -s Second')
  assert.equal(await client.get('account show --query id -o tsv'), second.id)
  await client.get(`account set --subscription ${main.id.toUpperCase()}`)
  assert.equal(await client.get('account show --query name -o tsv'), 'Main')
  const { code, err } = await client.lanyard('account', 'set', '-s', 'nope')
  assert.deepEqual([code, err], [1, "ERROR: Subscription 'nope' not found. Check the spelling and casing and try again.\n"])
})

test('account get-access-token: for the resource manager, another resource, a scope', async () => {
  const tokenOf = async (options: string) =>
    JSON.parse(await client.get(`account get-access-token${options}`)) as Record<string, unknown>
  const claimsOf = (token: Record<string, unknown>) =>
    JSON.parse(Buffer.from(String(token['accessToken']).split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>
  const token = await tokenOf('')
  assert.deepEqual(Object.keys(token), ['accessToken', 'expiresOn', 'expires_on', 'subscription', 'tenant', 'tokenType'])
  assert.match(String(token['expiresOn']), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/)
  assert.equal(token['expires_on'], claimsOf(token)['exp'])
  assert.equal(token['subscription'], main.id)
  assert.match(String(claimsOf(token)['aud']), /^https:\/\/management\.core\.windows\.net\//)
  assert.equal(claimsOf(await tokenOf(' --resource https://vault.azure.net'))['aud'], 'https://vault.azure.net')
  const graph = await tokenOf(' --scope https://graph.microsoft.com/.default')
  assert.match(String(claimsOf(graph)['aud']), /^https:\/\/graph\.microsoft\.com/)
})

test('an application signs in with its secret, and sees what it has a role in', async () => {
  const line = 'login --service-principal -u 33333333-3333-4333-8333-333333333333 -p only-for-tests --tenant'
  const { tenantId } = client.platform.platform
  assert.equal(await client.get(`${line} ${tenantId} --query [].name -o tsv`), 'Second')
  const wrong = await client.lanyard(...line.replace('only-for-tests', 'nope').split(' '), tenantId)
  assert.equal(wrong.code, 1)
  assert.match(wrong.err, /AADSTS7000215/)
  assert.doesNotMatch(wrong.err, /only-for-tests|'nope'/)
  await client.get('login --identity')
})

test('logout: then nobody is signed in', async () => {
  await client.get('logout')
  assert.deepEqual(await client.lanyard('resource', 'list'), {
    code: 1,
    out: '',
    err: "ERROR: Please run 'lanyard login' to setup account.\n",
  })
  await client.get('login --identity')
})

test('an identity without a role signs in only where that is allowed; one that the machine has not is not found', async () => {
  const app = `${main.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app`
  const refused = await client.lanyard('login', '--identity', '--resource-id', app)
  assert.equal(refused.code, 1)
  assert.match(refused.err, /No access was configured for the managed identity.*--allow-no-subscriptions/)
  const [clientId, objectId] = (await client.get(`identity show --ids ${app} --query [clientId,principalId] -o tsv`)).split('\n')
  for (const selector of [`--resource-id ${app}`, `--client-id ${clientId}`, `--object-id ${objectId}`]) {
    const line = `login --identity ${selector} --allow-no-subscriptions --query [].name -o tsv`
    assert.equal(await client.get(line), 'N/A(tenant level account)')
  }
  const spare = await client.lanyard('login', '--identity', '--client-id', '6c616e79-6172-4400-8000-0000000000aa')
  assert.deepEqual([spare.code, spare.err], [1, 'ERROR: Identity not found\n'])
  await client.get('login --identity')
})

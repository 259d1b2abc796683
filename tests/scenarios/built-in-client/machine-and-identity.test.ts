import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { main, startClient, type Client } from '../../support/start-client.ts'

let client: Client
before(async () => {
  client = await startClient()
  await client.get('login --identity')
})
after(() => client.close())

const identity = (name: string) => `${main.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`
interface IdentityBlock {
  readonly type: string
  readonly principalId?: string
  readonly userAssignedIdentities?: Readonly<Record<string, { readonly clientId: string }>>
}
const identityOf = async (machine: string) =>
  JSON.parse(await client.get(`vm identity show -g lanyard -n ${machine}`)) as IdentityBlock

test('vm create with each kind of identity, and without', async () => {
  await client.get('vm create -g lanyard -n none')
  assert.equal(await client.get('vm identity show -g lanyard -n none'), '')
  const made = JSON.parse(await client.get('vm create -g lanyard -n both --image Ubuntu2404 --assign-identity [system] app')) as {
    identity: { systemAssignedIdentity: string; userAssignedIdentities: Record<string, unknown> }
  }
  assert.deepEqual(Object.keys(made.identity.userAssignedIdentities), [identity('app')])
  const shown = await identityOf('both')
  assert.equal(shown.type, 'SystemAssigned, UserAssigned')
  assert.equal(shown.principalId, made.identity.systemAssignedIdentity)
  assert.equal(await client.get('vm list -g lanyard --query [].name -o tsv'), 'both\nnone\nweb-1')
  assert.equal(await client.get('vm show -g lanyard -n BOTH --query name -o tsv'), 'both')
})

test('vm identity assign and remove: system and user-assigned, each for itself', async () => {
  await client.get('vm create -g lanyard -n changing')
  await client.get('vm identity assign -g lanyard -n changing')
  assert.equal((await identityOf('changing')).type, 'SystemAssigned')
  const { principalId } = await identityOf('changing')
  await client.get('vm identity assign -g lanyard -n changing --identities app spare')
  const both = await identityOf('changing')
  assert.deepEqual([both.type, both.principalId], ['SystemAssigned, UserAssigned', principalId])
  assert.deepEqual(Object.keys(both.userAssignedIdentities ?? {}).toSorted(), [identity('app'), identity('spare')])
  await client.get('vm identity remove -g lanyard -n changing --identities app')
  assert.deepEqual(Object.keys((await identityOf('changing')).userAssignedIdentities ?? {}), [identity('spare')])
  await client.get('vm identity remove -g lanyard -n changing --identities [system]')
  assert.equal((await identityOf('changing')).type, 'UserAssigned')
  await client.get('vm identity remove -g lanyard -n changing --identities spare')
  assert.equal(await client.get('vm identity show -g lanyard -n changing'), '')
})

test('an identity can be given a role when it is assigned', async () => {
  await client.get('vm create -g lanyard -n reading')
  await client.get(`vm identity assign -g lanyard -n reading --role Reader --scope ${main.group}`)
  const { principalId } = await identityOf('reading')
  assert.equal(
    await client.get(`role assignment list --assignee ${principalId} --all --query [].[roleDefinitionName,scope] -o tsv`),
    `Reader\t${main.group}`,
  )
})

test('vm delete asks first; then the machine is gone, and its principal', async () => {
  await client.get('vm create -g lanyard -n leaving --assign-identity')
  const { principalId } = await identityOf('leaving')
  const asked = await client.lanyard('vm', 'delete', '-g', 'lanyard', '-n', 'leaving')
  assert.deepEqual([asked.code, asked.err], [1, 'ERROR: Unable to prompt for confirmation as no tty available. Use --yes.\n'])
  assert.equal(await client.get('vm delete -g lanyard -n leaving -y'), '')
  assert.equal((await client.lanyard('vm', 'show', '-g', 'lanyard', '-n', 'leaving')).code, 3)
  const principals = await client.get(
    'rest -u https://GRAPH/v1.0/servicePrincipals --query value[].id'.replace('https://GRAPH', client.platform.url) +
      ' --resource https://graph.microsoft.com/',
  )
  assert.doesNotMatch(principals, new RegExp(String(principalId)))
})

test('identity create, list, show and delete', async () => {
  const made = JSON.parse(await client.get('identity create -g lanyard -n made -l westeurope --tags a=b')) as Record<
    string,
    unknown
  >
  assert.equal(made['id'], identity('made'))
  assert.match(String(made['principalId']), /^[0-9a-f-]{36}$/)
  assert.equal(await client.get('identity list -g lanyard --query [].name -o tsv'), 'app\nmade\nspare')
  assert.equal(await client.get('identity show -g lanyard -n made --query clientId -o tsv'), made['clientId'])
  assert.equal(await client.get('identity delete -g lanyard -n made'), '')
  const gone = await client.lanyard('identity', 'show', '-g', 'lanyard', '-n', 'made')
  assert.equal(gone.code, 3)
  assert.match(gone.err, /^ERROR: \(ResourceNotFound\) The Resource 'Microsoft\.ManagedIdentity\/userAssignedIdentities\/made'/)
})

test('--ids names one or several, and stands for -g and -n', async () => {
  const machine = `${main.group}/providers/Microsoft.Compute/virtualMachines/web-1`
  assert.equal(await client.get(`vm show --ids ${machine} --query name -o tsv`), 'web-1')
  assert.equal(
    await client.get(`identity show --ids ${identity('app')} ${identity('spare')} --query [].name -o tsv`),
    'app\nspare',
  )
  assert.equal((await client.lanyard('vm', 'show', '--ids', machine, '-n', 'web-1')).code, 2)
})

test('an identity that is not there cannot be attached', async () => {
  const { code, err } = await client.lanyard('vm', 'identity', 'assign', '-g', 'lanyard', '-n', 'web-1', '--identities', 'nope')
  assert.equal(code, 1)
  assert.match(err, /FailedIdentityOperation/)
  assert.equal((await identityOf('web-1')).type, 'SystemAssigned, UserAssigned')
})

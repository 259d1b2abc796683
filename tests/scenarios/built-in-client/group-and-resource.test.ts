import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startClient, type Client } from '../../support/start-client.ts'

let client: Client
before(async () => {
  client = await startClient()
  await client.get('login --identity')
})
after(() => client.close())

test('group create, list, show, exists and delete', async () => {
  const made = JSON.parse(await client.get('group create -n g1 -l westeurope --tags a=b c=d')) as Record<string, unknown>
  assert.deepEqual(made['tags'], { a: 'b', c: 'd' })
  assert.equal(await client.get('group list --query [].name -o tsv'), 'g1\nlanyard')
  assert.equal(await client.get('group list --tag a=b --query [].name -o tsv'), 'g1')
  assert.equal(await client.get('group show -n G1 --query location -o tsv'), 'westeurope')
  assert.equal(await client.get('group exists -n g1'), 'true')
  const asked = await client.lanyard('group', 'delete', '-n', 'g1')
  assert.deepEqual([asked.code, asked.err], [1, 'ERROR: Unable to prompt for confirmation as no tty available. Use --yes.\n'])
  assert.equal(await client.get('group delete -n g1 --yes'), '')
  assert.equal(await client.get('group exists -n g1'), 'false')
})

test('a group that is not there is exit code 3, with the words of the resource manager', async () => {
  const { code, out, err } = await client.lanyard('group', 'show', '-n', 'nope')
  assert.deepEqual([code, out], [3, ''])
  assert.equal(
    err,
    "ERROR: (ResourceGroupNotFound) Resource group 'nope' could not be found.\nCode: ResourceGroupNotFound\nMessage: Resource group 'nope' could not be found.\n",
  )
})

test('resource list: by name, group, type and tag', async () => {
  await client.get('vm create -g lanyard -n tagged --tags env=dev')
  const names = (options: string) => client.get(`resource list ${options} --query [].name -o tsv`)
  assert.equal(await names('-n web-1'), 'web-1')
  assert.equal(await names('-g lanyard --resource-type Microsoft.Compute/virtualMachines'), 'tagged\nweb-1')
  assert.equal(await names('--tag env=dev'), 'tagged')
  assert.equal(await names('-g lanyard --resource-type Microsoft.Storage/storageAccounts'), '')
  await client.get('vm delete -g lanyard -n tagged --yes')
})

test('resource show: by name and type, and by id', async () => {
  const byName = await client.get(
    'resource show -g lanyard -n web-1 --resource-type Microsoft.Compute/virtualMachines --query id -o tsv',
  )
  assert.match(byName, /virtualMachines\/web-1$/)
  assert.equal(await client.get(`resource show --ids ${byName} --query name -o tsv`), 'web-1')
  const { code } = await client.lanyard('resource', 'show', '--ids', byName.replace('web-1', 'nope'))
  assert.equal(code, 3)
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { main, startClient, type Client } from '../../support/start-client.ts'

let client: Client
before(async () => {
  client = await startClient()
  await client.get('login --identity')
})
after(() => client.close())

test('a role is given by object id and by client id, listed, and taken away', async () => {
  const [objectId, clientId] = (
    await client.get('identity show -g lanyard -n spare --query [principalId,clientId] -o tsv')
  ).split('\n')
  const made = JSON.parse(
    await client.get(
      `role assignment create --role Reader --assignee-object-id ${objectId} --assignee-principal-type ServicePrincipal -g lanyard`,
    ),
  ) as Record<string, unknown>
  assert.deepEqual([made['principalId'], made['scope']], [objectId, main.group])
  await client.get(`role assignment create --role Contributor --assignee ${clientId} --scope ${main.group}`)
  const roles = (options: string) =>
    client.get(`role assignment list --assignee ${objectId}${options} --query [].roleDefinitionName -o tsv`)
  assert.equal(await roles(' --all'), 'Reader\nContributor')
  assert.equal(await roles(' -g lanyard'), 'Reader\nContributor')
  assert.equal(await roles(' --role Reader --all'), 'Reader')
  assert.equal(await roles(''), '')
  await client.get(`role assignment delete --assignee ${objectId} --role Reader -g lanyard`)
  assert.equal(await roles(' --all'), 'Contributor')
  await client.get(
    `role assignment delete --ids ${await client.get(`role assignment list --assignee ${objectId} --all --query [].id -o tsv`)}`,
  )
  assert.equal(await roles(' --all'), '')
})

for (const [mistake, line, code, sentence] of [
  [
    'a role that is not there',
    'create --role Nonsense --assignee-object-id OBJECT --scope /subscriptions/SUB',
    1,
    /Role 'Nonsense' doesn't exist/,
  ],
  ['an assignee that is not there', 'create --role Reader --assignee nobody --scope /subscriptions/SUB', 1, /nobody/],
  ['no role', 'create --assignee-object-id OBJECT --scope /subscriptions/SUB', 2, /--role/],
  ['no scope', 'create --role Reader --assignee-object-id OBJECT', 2, /--scope/],
  ['no assignee', 'create --role Reader --scope /subscriptions/SUB', 2, /--assignee/],
] as const) {
  test(`role assignment create: ${mistake}`, async () => {
    const objectId = await client.get('identity show -g lanyard -n spare --query principalId -o tsv')
    const words = line.replace('OBJECT', objectId).replace('SUB', main.id).split(' ')
    const ended = await client.lanyard('role', 'assignment', ...words)
    assert.deepEqual([ended.code, ended.out], [code, ''])
    assert.match(ended.err, sentence)
  })
}

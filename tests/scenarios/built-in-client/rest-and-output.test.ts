import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startClient, type Client } from '../../support/start-client.ts'

let client: Client
before(async () => {
  client = await startClient()
  await client.get('login --identity')
})
after(() => client.close())

import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

test('rest: a path at the resource manager, methods, bodies from text and file', async () => {
  const path1 = '/subscriptions/{subscriptionId}/resourcegroups'
  assert.equal(await client.get(`rest -u ${path1}?api-version=2021-04-01 --query value[].name -o tsv`), 'lanyard')
  await client.get(`rest -m put -u ${path1}/r1 --uri-parameters api-version=2021-04-01 -b {"location":"westeurope"}`)
  writeFileSync(path.join(client.folder, 'tags.json'), '{"tags":{"a":"b"}}')
  assert.equal(await client.get(`rest -m patch -u ${path1}/r1?api-version=2021-04-01 -b @tags.json --query tags.a -o tsv`), 'b')
  await client.get(`rest -m delete -u ${path1}/r1?api-version=2021-04-01`)
  const refused = await client.lanyard('rest', '-u', '/subscriptions/nope?api-version=2021-04-01')
  assert.equal(refused.code, 1)
  assert.match(refused.err, /^ERROR: \(InvalidSubscriptionId\)/)
})

test('rest: no token goes to a host that is not known to want it', async () => {
  const { code, err } = await client.lanyard(
    'rest',
    '-u',
    `${client.platform.metadataUrl}/metadata/versions`,
    '--headers',
    'Metadata=true',
  )
  assert.equal(code, 0)
  assert.match(err, /^WARNING: Can't derive appropriate Azure AD resource/)
})

test('each output format, of a list and of one thing', async () => {
  const line = 'vm list --query [].{name:name,on:identity.type,none:zones}'
  const formats = {
    json: '[\n  {\n    "name": "web-1",\n    "none": null,\n    "on": "SystemAssigned, UserAssigned"\n  }\n]',
    jsonc: '[\n  {\n    "name": "web-1",\n    "none": null,\n    "on": "SystemAssigned, UserAssigned"\n  }\n]',
    yaml: "- name: web-1\n  none: null\n  'on': SystemAssigned, UserAssigned",
    tsv: 'web-1\tSystemAssigned, UserAssigned\tNone',
    table: 'Name    On\n------  ----------------------------\nweb-1   SystemAssigned, UserAssigned',
    none: '',
  }
  for (const [format, expected] of Object.entries(formats))
    assert.equal(await client.get(`${line} -o ${format}`), expected, format)
})

test('--debug shows the requests and no token; --only-show-errors keeps warnings back', async () => {
  const { out, err } = await client.lanyard('account', 'get-access-token', '--debug')
  const { accessToken } = JSON.parse(out) as { accessToken: string }
  const listed = await client.lanyard('group', 'list', '--debug')
  assert.match(listed.err, /DEBUG: > GET .*\/resourcegroups/i)
  for (const text of [err, listed.err]) assert.ok(!text.includes(accessToken.split('.')[2] ?? '?'))
  const quiet = await client.lanyard(
    'rest',
    '-u',
    `${client.platform.metadataUrl}/metadata/versions`,
    '--headers',
    'Metadata=true',
    '--only-show-errors',
  )
  assert.equal(quiet.err, '')
})

for (const [mistake, words, sentence] of [
  ['an unknown noun', ['resorce', 'list'], /unknown command 'resorce'\n\(Did you mean resource\?\)/],
  ['an unknown verb', ['vm', 'lst'], /unknown command 'lst'\n\(Did you mean list\?\)/],
  ['an unknown format', ['vm', 'list', '-o', 'xml'], /Allowed choices are json, jsonc, table, tsv, yaml, none/],
  ['a query that is none', ['vm', 'list', '--query', '['], /argument --query: invalid jmespath_type value: '\['/],
  ['a missing option', ['vm', 'show', '-g', 'lanyard'], /--resource-group\/-g and --name\/-n, or --ids/],
  ['an id of another type', ['vm', 'show', '--ids', '/subscriptions/x/resourceGroups/y'], /is not the id of a virtual machine/],
  ['login without a way', ['login'], /Sign in with '--identity' or '--service-principal'/],
  ['two selectors', ['login', '--identity', '--client-id', 'a', '--object-id', 'b'], /Provide only one of/],
] as const) {
  test(`wrong usage is exit code 2, with a sentence and no data: ${mistake}`, async () => {
    const { code, out, err } = await client.lanyard(...words)
    assert.deepEqual([code, out], [2, ''])
    assert.match(err, sentence)
  })
}

test('the version, as a line and as data', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }
  assert.deepEqual(await client.lanyard('--version'), { code: 0, out: `lanyard ${version}\n`, err: '' })
  assert.equal(await client.get('version --query [lanyard,node] -o tsv'), `${version}\n${process.versions.node}`)
})

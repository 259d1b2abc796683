import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PassThrough } from 'node:stream'
import type { CommandIo } from '../command-io.ts'
import { UsageError } from '../exit-codes.ts'
import { writeResult, type OutputFormat } from './write-result.ts'

const items = [
  { id: '/x', name: 'web-1', location: 'westeurope', tags: null, ready: true, identity: { principalId: 'p1' } },
  { id: '/y', name: 'b', location: 'westus', tags: null, ready: false, identity: null },
]

async function written(result: unknown, output: OutputFormat, query?: string, table?: string): Promise<string> {
  const stdout = new PassThrough()
  await writeResult({ stdout } as unknown as CommandIo, result, { output, query, table })
  stdout.end()
  return (await stdout.toArray()).join('')
}

test('json has two spaces and sorted keys', async () => {
  assert.equal(await written({ b: 1, a: [] }, 'json'), '{\n  "a": [],\n  "b": 1\n}\n')
})

test('no value prints nothing; an empty list prints itself', async () => {
  assert.equal(await written({ a: null }, 'json', 'a'), '')
  assert.equal(await written([], 'json'), '[]\n')
  assert.equal(await written(undefined, 'table'), '')
})

test('tsv: a line per item, None for null', async () => {
  assert.equal(await written(items, 'tsv', '[*].identity.principalId'), 'p1\n')
  assert.equal(await written(items, 'tsv', '[].[name, tags, ready]'), 'web-1\tNone\tTrue\nb\tNone\tFalse\n')
  assert.equal(await written(true, 'tsv'), 'true\n')
})

test('table: simple fields, sorted without a query, in order with one', async () => {
  assert.equal(
    await written(items, 'table'),
    'Location    Name    Ready\n----------  ------  -------\nwesteurope  web-1   True\nwestus      b       False\n',
  )
  assert.equal(
    await written(items, 'table', '[].{Name:name, Where:location}'),
    'Name    Where\n------  ----------\nweb-1   westeurope\nb       westus\n',
  )
})

test('yaml and none', async () => {
  assert.equal(await written({ b: [{ c: null }], a: 'x' }, 'yaml'), 'a: x\nb:\n- c: null\n')
  assert.equal(await written({ a: 1 }, 'none'), '')
})

test('a query that is not JMESPath is wrong usage', async () => {
  await assert.rejects(written(items, 'json', '[?'), UsageError)
})

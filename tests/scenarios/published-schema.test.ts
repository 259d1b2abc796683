import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { worldJsonSchema } from '../../src/world/world-schema.ts'

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')

test('the published JSON Schema of the world file is current (npm run schema writes it)', async () => {
  assert.deepEqual(JSON.parse(await read('schema/lanyard.schema.json')), JSON.parse(JSON.stringify(worldJsonSchema())))
})

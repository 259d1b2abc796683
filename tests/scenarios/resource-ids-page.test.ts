import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { resourceIdsPage } from '../../build/resource-ids-page.ts'

test('docs/resource-ids.md is current (npm run resource-ids writes it)', async () => {
  assert.equal(await readFile(new URL('../../docs/resource-ids.md', import.meta.url), 'utf8'), resourceIdsPage())
})

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { describeKnownErrors } from '../../src/diagnosis/describe-known-errors.ts'

test('docs/errors.md is current (npm run errors writes it)', async () => {
  assert.equal(await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8'), describeKnownErrors())
})

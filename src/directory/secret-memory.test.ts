import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashSecret } from './secret-hash.ts'
import { rememberSecrets } from './secret-memory.ts'

test('a right secret is right again, a wrong one stays wrong', async () => {
  const stored = await hashSecret('right', new Uint8Array(16).fill(1))
  const isRight = rememberSecrets(new Uint8Array(32).fill(2))
  for (const _ of [1, 2]) {
    assert.equal(await isRight(stored, 'right'), true)
    assert.equal(await isRight(stored, 'wrong'), false)
  }
})

test('a secret is remembered with the hash that it was checked against', async () => {
  const isRight = rememberSecrets(new Uint8Array(32).fill(2))
  assert.equal(await isRight(await hashSecret('one', new Uint8Array(16).fill(1)), 'one'), true)
  assert.equal(await isRight(await hashSecret('two', new Uint8Array(16).fill(1)), 'one'), false)
})

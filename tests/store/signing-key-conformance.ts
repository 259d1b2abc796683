import assert from 'node:assert/strict'
import { sampleSigningKey } from './samples.ts'
import type { StoreTest } from './store-conformance.ts'

export function testSigningKeys(storeTest: StoreTest): void {
  storeTest('signing keys are listed by when they become active', async ({ signingKeys }) => {
    for (const number of [3, 1, 2]) await signingKeys.insertSigningKey(sampleSigningKey(number))
    assert.deepEqual(await signingKeys.listSigningKeys(), [sampleSigningKey(1), sampleSigningKey(2), sampleSigningKey(3)])
  })

  storeTest('a key id is base64url, so its casing counts', async ({ signingKeys }) => {
    await signingKeys.insertSigningKey(sampleSigningKey(1))
    await assert.rejects(signingKeys.insertSigningKey(sampleSigningKey(1)))
    await signingKeys.deleteSigningKey('kid-1')
    assert.equal((await signingKeys.listSigningKeys()).length, 1)
    await signingKeys.deleteSigningKey('Kid-1')
    assert.deepEqual(await signingKeys.listSigningKeys(), [])
  })
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashSecret, isSecretOf } from './secret-hash.ts'

const salt = Buffer.alloc(16, 7)

test('a hash recognises its own secret and no other', async () => {
  const hash = await hashSecret('correct horse', salt)
  assert.equal(await isSecretOf(hash, 'correct horse'), true)
  assert.equal(await isSecretOf(hash, 'correct horsf'), false)
  assert.equal(await isSecretOf(hash, ''), false)
})

test('a hash holds salt and digest and not the secret', async () => {
  const hash = await hashSecret('correct horse', salt)
  assert.match(hash, /^scrypt\$[\w-]{22}\$[\w-]{43}$/)
  assert.notEqual(hash, await hashSecret('correct horse', Buffer.alloc(16, 8)))
})

test('something that is no hash recognises nothing', async () => {
  assert.equal(await isSecretOf('', ''), false)
  assert.equal(await isSecretOf('md5$AA$AA', 'x'), false)
  assert.equal(await isSecretOf('scrypt$AA$', ''), false)
})

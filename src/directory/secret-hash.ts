import { scrypt, timingSafeEqual } from 'node:crypto'

// 16 MiB and about 30 ms: the secrets are random or chosen for a local installation, so more would only slow sign-in down.
const cost = { N: 2 ** 14, r: 8, p: 1 }
const hashLength = 32

/** Makes `scrypt$<salt>$<hash>` of a secret (RFC 7914). `salt`: 16 random bytes. */
export async function hashSecret(secret: string, salt: Uint8Array): Promise<string> {
  const hash = await derive(secret, salt)
  return `scrypt$${Buffer.from(salt).toString('base64url')}$${hash.toString('base64url')}`
}

/** Whether `secret` is the one that `stored` was made of, in a time that does not depend on how much of it is right. */
export async function isSecretOf(stored: string, secret: string): Promise<boolean> {
  const [algorithm, salt, hash] = stored.split('$')
  if (algorithm !== 'scrypt' || salt === undefined || hash === undefined) return false
  const expected = Buffer.from(hash, 'base64url')
  const actual = await derive(secret, Buffer.from(salt, 'base64url'))
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

function derive(secret: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, hashLength, cost, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

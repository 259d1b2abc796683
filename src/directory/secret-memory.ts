import { hash } from 'node:crypto'
import { isSecretOf } from './secret-hash.ts'

const largestSize = 1_000

/**
 * Checks secrets, and remembers those that were right: hashing a secret is slow on purpose, and a service asks for tokens
 * again and again with the same one. What is remembered is a keyed digest that means nothing outside this process.
 * @param key 32 random bytes
 * @returns whether `secret` is the one that `stored` was made of
 */
export function rememberSecrets(key: Uint8Array): (stored: string, secret: string) => Promise<boolean> {
  const prefix = Buffer.from(key).toString('base64')
  const right = new Set<string>()
  return async (stored, secret) => {
    // The stored hash is part of it, so a secret that was removed or replaced is not remembered for the new one.
    const digest = hash('sha256', `${prefix}\0${stored}\0${secret}`, 'base64')
    if (right.has(digest)) return true
    if (!(await isSecretOf(stored, secret))) return false
    if (right.size >= largestSize) right.clear()
    right.add(digest)
    return true
  }
}

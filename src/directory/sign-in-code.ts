import { hash, timingSafeEqual } from 'node:crypto'

// No vowels and no look-alikes: a code spells no word, and can be read out.
const letters = 'bcdfghjkmnpqrstvwxz23456789'
const groups = 5
const groupLength = 5

/**
 * The code by which the owner of a running platform signs in: as the administrator, and as every user who has no password. It is
 * as good as the terminal it was printed on, and as the process that made it.
 */
export interface SignInCode {
  /** Makes the code anew and answers with it, the only time that it can be had: no more than its digest is kept. */
  renew(): string
  /** Whether `text` is the code, in a time that does not tell how much of it is right. No code was made yet: nothing is. */
  matches(text: string): boolean
}

/** A sign-in code that nobody has yet. @param randomBytes of the given size */
export function createSignInCode(randomBytes: (size: number) => Uint8Array): SignInCode {
  let digest: Buffer | undefined
  return {
    renew() {
      const code = makeCode(randomBytes)
      digest = digestOf(code)
      return code
    },
    matches: (text) => digest !== undefined && timingSafeEqual(digest, digestOf(text.trim().toLowerCase())),
  }
}

/** Over 110 bits, so a plain digest keeps it: there is nothing to guess. */
function makeCode(randomBytes: (size: number) => Uint8Array): string {
  const chosen: string[] = []
  // Bytes past the last whole multiple of the alphabet are thrown away, since they would favour its first letters.
  const bound = 256 - (256 % letters.length)
  while (chosen.length < groups * groupLength) {
    for (const byte of randomBytes(32)) if (byte < bound) chosen.push(letters.charAt(byte % letters.length))
  }
  return Array.from({ length: groups }, (_, g) => chosen.slice(g * groupLength, (g + 1) * groupLength).join('')).join('-')
}

function digestOf(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}

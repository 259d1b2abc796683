import { type KeyObject, sign } from 'node:crypto'

/** Makes signed JWTs with one key. */
export interface Signer {
  readonly kid: string
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>
}

/**
 * A signer of RS256 tokens with the header that Entra's v1 tokens carry. The signature is made in libuv's thread pool, so
 * that signing uses all cores and holds no other request up.
 */
export function createSigner(kid: string, privateKey: KeyObject): Signer {
  const header = Buffer.from(JSON.stringify({ typ: 'JWT', alg: 'RS256', x5t: kid, kid })).toString('base64url')
  return {
    kid,
    sign(claims) {
      const input = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
      return new Promise((resolve, reject) => {
        sign('RSA-SHA256', Buffer.from(input), privateKey, (error, signature) => {
          if (error) reject(error)
          else resolve(`${input}.${signature.toString('base64url')}`)
        })
      })
    },
  }
}

/** Three parts of base64url, the first two of which are JSON objects: what a token looks like anywhere in a text. */
const tokens = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*/g

/**
 * An answer's body with its tokens taken out: in place of `access_token` stands what it says, without its signature. Whatever else
 * looks like a token is left out too.
 * @returns the parsed body; text when it is no JSON
 */
export function withoutToken(text: string): unknown {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return text.replaceAll(tokens, '(a token)')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return redacted(body)
  const entries = Object.entries(body).map(([name, value]) => [name, name === 'access_token' ? decoded(value) : redacted(value)])
  return Object.fromEntries(entries) as unknown
}

/** The header and the claims of a token. */
function decoded(token: unknown): unknown {
  if (typeof token !== 'string') return null
  const [header = '', claims = ''] = token.split('.')
  const part = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  try {
    return { header: part(header), claims: part(claims) }
  } catch {
    return null
  }
}

function redacted(value: unknown): unknown {
  return JSON.parse((JSON.stringify(value) ?? 'null').replaceAll(tokens, '(a token)')) as unknown
}

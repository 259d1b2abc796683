/** The parameters of a query string or form, by name in lower case. No name occurs twice. */
export type Query = ReadonlyMap<string, string>

/** Thrown for a query or form that cannot be read. The message is a sentence for the person who wrote the request. */
export class InvalidQueryError extends Error {
  override name = 'InvalidQueryError'
}

/**
 * Reads a query string or a form body.
 *
 * Names are compared without casing: a selector in unusual casing would otherwise be passed over, and the answer be a token of
 * an identity that was not asked for. A value may be an unescaped URL, since only the first `=` of a part separates.
 * @param text without the leading `?`
 * @throws InvalidQueryError for a repeated name or a broken percent-escape
 */
export function parseQuery(text: string): Query {
  const query = new Map<string, string>()
  for (const part of text.split('&')) {
    if (part === '') continue
    const separator = part.indexOf('=')
    const name = decode(separator < 0 ? part : part.slice(0, separator)).toLowerCase()
    if (query.has(name)) throw new InvalidQueryError(`Query variable '${name}' is specified more than once`)
    query.set(name, separator < 0 ? '' : decode(part.slice(separator + 1)))
  }
  return query
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    throw new InvalidQueryError(`'${text}' is not a valid percent-encoding`)
  }
}

/** Where a request goes: path and query in one normal form, and the authority when the target named one (absolute-form). */
export interface Target {
  /** Path and query: no repeated slashes, no trailing slash, query names decoded. */
  readonly path: string
  readonly authority: string | undefined
  readonly scheme: 'http' | 'https' | undefined
}

/**
 * Normalises a request target before anything parses it: clients send `//subscriptions/…` and `…/token/?…`, and
 * `new URL('//subscriptions')` would take the first segment for a host. Query values stay as they are, since an unescaped
 * `resource=https://…` is common; names are decoded (`api%2Dversion`, `%24filter`).
 */
export function normaliseTarget(rawTarget: string): Target {
  const absolute = /^(https?):\/\/([^/?#]*)(.*)$/i.exec(rawTarget)
  const [, scheme, authority, rest = rawTarget] = absolute ?? []
  const question = rest.indexOf('?')
  const rawPath = question === -1 ? rest : rest.slice(0, question)
  const path = `/${rawPath}`.replaceAll(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '')
  const query =
    question === -1
      ? ''
      : `?${rest
          .slice(question + 1)
          .split('&')
          .map(decodeName)
          .join('&')}`
  return {
    path: path + query,
    authority: authority?.toLowerCase(),
    scheme: scheme === undefined ? undefined : (scheme.toLowerCase() as 'http' | 'https'),
  }
}

function decodeName(pair: string): string {
  const equals = pair.indexOf('=')
  const name = equals === -1 ? pair : pair.slice(0, equals)
  if (!name.includes('%')) return pair
  try {
    const decoded = decodeURIComponent(name)
    // A name that holds a separator would change the query's shape.
    return /[&=#]/.test(decoded) ? pair : decoded + pair.slice(name.length)
  } catch {
    return pair
  }
}

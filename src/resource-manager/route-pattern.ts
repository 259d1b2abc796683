/** What a path says once a pattern has matched it. */
export interface PatternMatch {
  /** The scope that the operation is at, as written; `/` for the tenant. */
  readonly scope: string
  readonly names: Readonly<Record<string, string>>
}

/** One resource or extension resource of any depth: `/…/providers/{namespace}/{type}/{name}[/{type}/{name}…]`. */
const resource = String.raw`(?:/.*)?/providers/[^/]+(?:/[^/]+/[^/]+)+`

/**
 * Reads a pattern of paths. What stands before `|` is the scope. `*` is a scope of any depth, `<resource>` the id of a
 * resource, `:name` one segment, the rest is matched in any casing.
 *
 * `*|/providers/Microsoft.Authorization/roleAssignments/:name`: the longest scope wins, so that the last such words count.
 */
export function compilePattern(pattern: string): (path: string) => PatternMatch | undefined {
  const [scope = '', rest = ''] = pattern.split('|').map(toExpression)
  const expression = new RegExp(`^(?<scope>${scope})${rest}$`, 'i')
  return (path) => {
    const groups = expression.exec(path)?.groups
    if (!groups) return undefined
    const { scope: found = '', ...names } = groups
    return { scope: found || '/', names }
  }
}

function toExpression(part: string): string {
  if (part === '*') return '.*'
  return part
    .split('/')
    .map((segment) => {
      if (segment === '<resource>') return resource
      return segment.startsWith(':') ? `(?<${segment.slice(1)}>[^/]+)` : RegExp.escape(segment)
    })
    .join('/')
    .replaceAll(`/${resource}`, resource)
}

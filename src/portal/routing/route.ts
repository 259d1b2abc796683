import { resourceTabs, type ResourceTab } from '../paths.ts'

/** What a hash names: a page, what stands after its name, and the values of its query. */
export interface Route {
  /** `home` when the hash names none. */
  readonly page: string
  /** Decoded. */
  readonly segments: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

/** Reads a hash, with or without its `#`. What cannot be decoded is taken as it stands. */
export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#\/?/, '')
  const mark = text.indexOf('?')
  const [page = '', ...segments] = (mark < 0 ? text : text.slice(0, mark))
    .split('/')
    .filter((segment) => segment !== '')
    .map(decode)
  const query = mark < 0 ? {} : Object.fromEntries(new URLSearchParams(text.slice(mark)))
  return { page: page === '' ? 'home' : page, segments, query }
}

/** What the page of a resource shows: the resource's id, and one of its tabs; the first when the hash names none. */
export interface ResourceRoute {
  readonly id: string
  readonly tab: ResourceTab
}

/**
 * Tells an id from the tab that stands after it: the segments of an id come in pairs of a type and a name, and `providers` with its
 * namespace begins such pairs anew; so a machine that is called `identity` is told from the tab of that name.
 * @returns undefined for what is neither
 */
export function parseResourceRoute(segments: readonly string[]): ResourceRoute | undefined {
  let end = 0
  while (end + 1 < segments.length) end += 2
  const id = `/${segments.slice(0, end).join('/')}`
  if (segments.length === end) return { id, tab: 'overview' }
  const tab = resourceTabs.find((name) => name === segments[end])
  return tab === undefined ? undefined : { id, tab }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const largestSize = 10_000

/** A store's reads by name: everything that begins with `find` or `list`, and the tenant, which never changes. */
const isRead = (name: string) => /^(find|list|tenantId)/.test(name)

/**
 * The same store, whose reads answer from memory until the next write of any kind. Between two writes a read can only give
 * what it gave before, since an installation's database is open in one process at a time.
 *
 * What the reads give is shared between callers and must not be changed by them, which its types forbid.
 * @param store an object of asynchronous methods whose arguments are strings
 * @param revision changes with every write, those of an open transaction included
 */
export function rememberReads<T extends object>(store: T, revision: () => number): T {
  const methods = Object.entries(store).map(([name, method]) => [
    name,
    isRead(name) ? rememberRead(method as Read, revision) : (method as unknown),
  ])
  return Object.fromEntries(methods) as T
}

type Read = (...parameters: readonly unknown[]) => Promise<unknown>

function rememberRead(read: Read, revision: () => number): Read {
  const answers = new Map<string, Promise<unknown>>()
  let asOf = revision()
  return (...parameters) => {
    const now = revision()
    if (now !== asOf || answers.size >= largestSize) {
      answers.clear()
      asOf = now
    }
    const key = parameters.length === 1 ? String(parameters[0]) : JSON.stringify(parameters)
    const known = answers.get(key)
    if (known) return known
    const answer = read(...parameters)
    answers.set(key, answer)
    // A read that began before a write may have seen what was before it, or a transaction that was then undone.
    const forget = () => {
      if (answers.get(key) === answer) answers.delete(key)
    }
    answer.then(() => {
      if (revision() !== now) forget()
    }, forget)
    return answer
  }
}

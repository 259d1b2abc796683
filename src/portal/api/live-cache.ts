/** What of the platform an answer depends on: its resources and directory, or its logs. See `Lanyard.Diagnostics/changes`. */
export type Follows = 'revision' | 'logs'

/** An answer as it is known now. `data` stays while it is asked for again, and when that fails. */
export interface Answer<T> {
  readonly data: T | undefined
  readonly error: unknown
  readonly isLoading: boolean
}

interface Entry {
  answer: Answer<unknown>
  load: () => Promise<unknown>
  follows: readonly Follows[]
  readonly listeners: Set<() => void>
  /** Counts the questions, so that an answer that was overtaken is dropped. */
  asked: number
  isStale: boolean
}

const unasked: Answer<never> = { data: undefined, error: undefined, isLoading: true }

/** How many answers that nobody looks at are kept, for going back to a page. */
const keptUnwatched = 50

/**
 * Answers that components look at, by key. Who subscribes first asks; what changes on the platform is asked for again while somebody
 * looks. An answer that says the same as before is the same object, so that nothing is drawn anew for it.
 */
export class LiveCache {
  readonly #entries = new Map<string, Entry>()

  /** The answer for a key; the same object until it changes. */
  read<T>(key: string): Answer<T> {
    return (this.#entries.get(key)?.answer ?? unasked) as Answer<T>
  }

  /** Looks at a key until the function that is returned is called. `load` answers it now and whenever it must be asked again. */
  watch(key: string, load: () => Promise<unknown>, follows: readonly Follows[], listener: () => void): () => void {
    let entry = this.#entries.get(key)
    if (!entry) {
      entry = { answer: unasked, load, follows, listeners: new Set(), asked: 0, isStale: true }
      this.#entries.set(key, entry)
      this.#forgetOldest()
    }
    Object.assign(entry, { load, follows })
    entry.listeners.add(listener)
    if (entry.isStale) void this.#ask(entry)
    const watched = entry
    return () => {
      watched.listeners.delete(listener)
      // Changes are not followed while nobody looks.
      if (watched.listeners.size === 0) watched.isStale = true
    }
  }

  /** Asks again for everything that follows one of these. */
  async refresh(changed: readonly Follows[]): Promise<void> {
    const waiting: Promise<void>[] = []
    for (const entry of this.#entries.values()) {
      if (!entry.follows.some((one) => changed.includes(one))) continue
      entry.isStale = true
      if (entry.listeners.size > 0) waiting.push(this.#ask(entry))
    }
    await Promise.all(waiting)
  }

  async #ask(entry: Entry): Promise<void> {
    const question = ++entry.asked
    entry.isStale = false
    let answer: Answer<unknown>
    try {
      const data = await entry.load()
      answer = { data: isSame(data, entry.answer.data) ? entry.answer.data : data, error: undefined, isLoading: false }
    } catch (error) {
      answer = { data: entry.answer.data, error, isLoading: false }
    }
    if (question !== entry.asked) return
    const { data, error, isLoading } = entry.answer
    if (answer.data === data && answer.error === error && answer.isLoading === isLoading) return
    entry.answer = answer
    for (const listener of entry.listeners) listener()
  }

  #forgetOldest(): void {
    const unwatched = [...this.#entries].filter(([, { listeners, asked }]) => listeners.size === 0 && asked > 0)
    for (const [key] of unwatched.slice(0, Math.max(0, unwatched.length - keptUnwatched))) this.#entries.delete(key)
  }
}

/** Whether two answers, each of them JSON or a map of it, say the same. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (one instanceof Map && other instanceof Map) return isSame([...one], [...other])
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [names, others] = [Object.keys(one), Object.keys(other)]
  return (
    names.length === others.length &&
    names.every((name) => Object.hasOwn(other, name) && isSame(one[name as never], other[name as never]))
  )
}

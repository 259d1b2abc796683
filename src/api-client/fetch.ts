/** What one request says. `fetch`'s own names, so that `globalThis.fetch` fits. */
export interface FetchInit {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** A redirect is an answer like any other: a bearer token goes where the caller sent it and nowhere else. */
  readonly redirect: 'manual'
  readonly signal: AbortSignal
}

export interface FetchAnswer {
  readonly status: number
  readonly statusText: string
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
}

/** The part of `fetch` that this client needs: one request, no retry. Rejects when nothing answers. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchAnswer>

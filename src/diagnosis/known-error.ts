/** A client, or a service, that prints a text. */
export interface PrintedBy {
  readonly client: string
  /** As its maker numbers it: `2.45`, `2.74 and later`, `all`. */
  readonly version: string
}

/** What to type or to click. Placeholders in braces, such as `{scope}`, are filled from the text that was explained. */
export interface Fixes {
  readonly az?: string
  readonly powershell?: string
  readonly portal?: string
  readonly lanyard?: string
}

export interface Cause {
  readonly cause: string
  readonly howToTell: string
  readonly fixes: Fixes
}

/**
 * How much a text says of the reason. Clients wrap one error into another: in what a person pastes, the `cause` is in the innermost
 * text, a `symptom` says what did not work, and a `wrapper` only that something did not.
 */
export type Depth = 'cause' | 'symptom' | 'wrapper'

/** A text that a client prints, and what to do about it. Data: no functions, no regular expressions. */
export interface KnownError {
  /** Kebab-case; the anchor in docs/errors.md. It stays the same when the entry is improved. */
  readonly id: string
  readonly title: string
  readonly depth: Depth
  /** The text as it is printed, with `{name}` for what differs; see `parsePattern`. One is enough for a match. */
  readonly patterns: readonly string[]
  /** Texts as clients printed them; each must be explained by this entry before any other. */
  readonly samples: readonly string[]
  readonly printedBy: readonly PrintedBy[]
  readonly meaning: string
  readonly causes: readonly Cause[]
}

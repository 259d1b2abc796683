import type { Answerer } from '../answerer.ts'

/** How a host answers, and what it calls itself. */
export interface HostAnswerer {
  readonly answer: Answerer
  /** The `Server` header; undefined for none. */
  readonly server: string | undefined
}

import type { Endpoints, Fetch } from '../api-client/index.ts'

/** Everything outside the program that a command touches. */
export interface CommandIo {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  /** Data alone. */
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean }
  /** Messages. */
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Milliseconds since the epoch. */
  clock(): number
  newGuid(): string
  sleep(milliseconds: number): Promise<void>
  readonly fetch: Fetch
  readonly endpoints: Endpoints
  setExitCode(code: number): void
}

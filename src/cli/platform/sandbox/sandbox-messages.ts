/** What Azure's clients ask for metadata: loopback has it inside. */
export const imdsAddress = '169.254.169.254'

/** What the process inside a sandbox is told to make of it. */
export interface SandboxPlan {
  readonly kind: 'plan'
  /** What is listened on; the handles are handed out. */
  readonly listeners: readonly SandboxListener[]
  /** Files and folders, and what they are covered with. */
  readonly covers: readonly { readonly source: string; readonly target: string }[]
}

export interface SandboxListener {
  readonly host: string
  readonly port: number
}

/** The command that runs once the sandbox is made. */
export interface SandboxCommand {
  readonly kind: 'command'
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** The user outside. */
  readonly uid: number
  readonly gid: number
}

/** What the process inside says. */
export type SandboxReport =
  /** Comes with the handle of a listener, by its index in the plan. */
  | { readonly kind: 'listening'; readonly index: number }
  | { readonly kind: 'made' }
  /** A sentence. */
  | { readonly kind: 'failed'; readonly reason: string }

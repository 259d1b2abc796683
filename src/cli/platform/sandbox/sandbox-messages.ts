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

/** Something more to listen on, at any time after the sandbox is made. */
export interface SandboxListen extends SandboxListener {
  readonly kind: 'listen'
  /** By which its handle comes; no index of the plan. */
  readonly index: number
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
  /** Comes with the handle of a listener, by its index. */
  | { readonly kind: 'listening'; readonly index: number }
  | { readonly kind: 'made' }
  /** Something inside has the port already. */
  | { readonly kind: 'taken'; readonly index: number }
  /** A sentence. */
  | { readonly kind: 'failed'; readonly reason: string }

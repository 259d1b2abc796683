import type { Endpoints, IdentitySelector } from '../api-client/index.ts'
import type { TokenClaims } from '../contracts/token-response.ts'
import type { LinkFix } from '../contracts/diagnosis-report.ts'
import type { CauseClass } from './cause-classes.ts'
import type { Ask } from './probe.ts'
import type { Questions } from './questions.ts'
import type { TokenSourceOfHost } from './token-source-of-host.ts'

/** Everything outside that a diagnosis touches. */
export interface Surroundings {
  /** Asks as clients do, through the proxies of the environment. */
  readonly ask: Ask
  /** Asks past every proxy. */
  readonly askDirectly: Ask
  /** Asks a server whose certificate is known by its thumbprint, past every proxy. */
  readonly askPinned: Ask
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly endpoints: Endpoints
  /** @throws Error when the file cannot be read */
  readonly readFile: (path: string) => Promise<string>
  /** The identity that the user's code names. */
  readonly selector: IdentitySelector | undefined
  /** Whether the user's client asks the virtual machine extension; MSI_ENDPOINT says so too. */
  readonly usesExtension: boolean
  /** Whether `lanyard up` runs a platform of this user. */
  readonly platformIsUp: boolean
  /** How long an answer is waited for, in milliseconds. */
  readonly timeouts: {
    /** Of the metadata address, where a machine that is in Azure has its answer in no time. */
    readonly metadata: number
    /** Of everything else. */
    readonly service: number
  }
}

/** What earlier links found out. */
export interface Facts {
  /** ARM id of the machine, or of the app that plays one. */
  readonly machineId?: string
  /** `Linux` or `Windows`. */
  readonly osType?: string
  readonly tenantId?: string
  readonly token?: { readonly accessToken: string; readonly claims: TokenClaims & Readonly<Record<string, unknown>> }
  readonly principalId?: string
}

/** A change that `--fix` can make on a platform of the user's own. */
export type Repair =
  | { readonly kind: 'switch-on'; readonly machineId: string }
  | { readonly kind: 'attach'; readonly machineId: string; readonly selector: IdentitySelector }
  | { readonly kind: 'grant-reader'; readonly scope: string; readonly principalId: string; readonly holder: string }
  | { readonly kind: 'deploy-extension'; readonly machineId: string; readonly extension: string; readonly port: number }
  | { readonly kind: 'reset-clock' }

export interface Failure {
  readonly state: 'failed'
  readonly class: CauseClass
  /** What was seen, in a line. */
  readonly detail: string
  readonly cause: string
  readonly fixes: readonly (LinkFix & { readonly repair?: Repair })[]
}

export type Outcome =
  | { readonly state: 'passed' | 'unknown' | 'skipped'; readonly detail: string; readonly learned?: Facts }
  | Failure

export interface LinkContext {
  readonly surroundings: Surroundings
  readonly source: TokenSourceOfHost
  readonly questions: Questions
  readonly facts: Facts
}

/** One link of the chain from the metadata address to the answer of the sign-in script. */
export interface Link {
  readonly id: string
  readonly title: string
  check(context: LinkContext): Promise<Outcome>
}

/** Whether the machine is one of Lanyard's: `run` and `connect` say so to what runs in them. */
export function isOnLanyard({ env }: Pick<Surroundings, 'env'>): boolean {
  return Boolean(env['LANYARD_VM'])
}

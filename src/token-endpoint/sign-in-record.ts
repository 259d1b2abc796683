import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ServicePrincipal } from '../directory/service-principal.ts'
import type { User } from '../directory/user.ts'
import { originOf, type ErrorAnswer } from '../http/http-app.ts'
import type { LogRecorder } from '../logs/create-logs.ts'
import type { SignInPrincipal } from '../logs/sign-in.ts'
import type { IssuedToken } from '../tokens/token-authority.ts'
import { explainRefusal } from './explain-refusal.ts'
import { clientRequestId } from './request-ids.ts'

/** What a grant tells of itself while it is made. */
export interface SignInNote {
  /** What the request names its client by. */
  clientId?: string | undefined
  /** Who signs in, where it is not the client itself. */
  principal?: SignInPrincipal
  /** What was typed for a user's name. It is kept only when there is such a user: people type their password there. */
  loginName?: string
  /** The audience, or what the request has in its place. */
  resource?: string | undefined
  /** How the client or the user proved itself: `clientSecret`, `clientAssertion`, `password`, `refreshToken`, … */
  method?: string
  isInteractive?: boolean
  token?: IssuedToken
}

/** What the token endpoint tells the logs with. */
export interface RecordOptions {
  readonly recorder: LogRecorder
  readonly directory: {
    findServicePrincipalByClientId(clientId: string): Promise<ServicePrincipal | undefined>
    findUserByName(userPrincipalName: string): Promise<User | undefined>
  }
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

interface EntraErrorBody {
  readonly error: string
  readonly error_description: string
  readonly error_codes?: readonly number[]
  readonly correlation_id?: string
}

const notes = new WeakMap<FastifyRequest, SignInNote>()
const errors = new WeakMap<FastifyRequest, EntraErrorBody>()

/** Tells of a sign-in that the request is for; what is told later is added. A request that nothing is told of is none. */
export function noteSignIn(request: FastifyRequest, note: SignInNote): void {
  notes.set(request, { ...notes.get(request), ...note })
}

/** Notes what a request was refused with. */
export function noteAnswer(request: FastifyRequest, answer: ErrorAnswer): ErrorAnswer {
  errors.set(request, answer.body as EntraErrorBody)
  return answer
}

/**
 * Writes what has become of a request that is about to be answered: the sign-in, if it is one, and the refusal, if it was refused.
 * The one place where either is written.
 */
export async function writeRecord(request: FastifyRequest, reply: FastifyReply, options: RecordOptions): Promise<void> {
  const [note, error] = [notes.get(request), errors.get(request)]
  if (note === undefined && error === undefined) return
  const principal = note?.principal ?? (await principalOf(note, options))
  const shared = { time: options.clock(), requestId: request.id, correlationId: correlationOf(request, error) }
  const { machineId } = originOf(request)
  const path = request.url.split('?', 1)[0] ?? '/'
  if (note) {
    options.recorder.signIn({
      ...shared,
      principal,
      clientId: note.clientId?.slice(0, 200),
      machineId,
      resource: note.resource?.slice(0, 1024),
      failure: error && { errorCode: error.error_codes?.[0] ?? 0, reason: withoutIds(error.error_description) },
      method: note.method ?? 'none',
      isInteractive: note.isInteractive ?? false,
      ipAddress: request.ip,
      userAgent: request.headers['user-agent'],
      payload: note.token?.accessToken.split('.', 2)[1],
    })
  }
  if (!error) return
  const code = error.error_codes?.[0]
  options.recorder.refusal({
    ...shared,
    endpoint: 'token-endpoint',
    method: request.method,
    path,
    status: reply.statusCode,
    code: code === undefined ? error.error : `AADSTS${code}`,
    message: withoutIds(error.error_description),
    caller: principal
      ? { objectId: principal.objectId, clientId: principal.clientId, name: principal.userPrincipalName ?? principal.displayName }
      : note?.clientId === undefined
        ? undefined
        : { clientId: note.clientId.slice(0, 200) },
    ...(machineId !== undefined && { machine: { id: machineId, identities: [] } }),
    resource: note?.resource?.slice(0, 1024),
    scope: '/',
    ...explainRefusal(code, principal?.displayName ?? note?.clientId?.slice(0, 200)),
  })
}

/** A user as the logs name one. @param clientId of the application that acts for the user */
export function signInPrincipalOf({ objectId, displayName, userPrincipalName }: User, clientId: string): SignInPrincipal {
  return { objectId, clientId, displayName, kind: 'user', managedBy: undefined, userPrincipalName }
}

async function principalOf(note: SignInNote | undefined, { directory }: RecordOptions): Promise<SignInPrincipal | undefined> {
  const { clientId, loginName } = note ?? {}
  if (loginName !== undefined) {
    const user = await directory.findUserByName(loginName.trim())
    return user && signInPrincipalOf(user, clientId ?? '')
  }
  const found = clientId === undefined ? undefined : await directory.findServicePrincipalByClientId(clientId.toLowerCase())
  // A system-assigned identity is known to its host alone, so nobody signs in as one here.
  if (!found || found.kind === 'systemAssigned') return undefined
  const { objectId, displayName, kind, managedBy } = found
  return { objectId, clientId: found.clientId, displayName, kind, managedBy, userPrincipalName: undefined }
}

function correlationOf(request: FastifyRequest, error: EntraErrorBody | undefined): string {
  return error?.correlation_id ?? clientRequestId(request) ?? request.id
}

/** The sentence of an error, without the ids and the time that follow it, and without a user's name that nobody has: see `loginName`. */
function withoutIds(description: string): string {
  const sentence = (description.split(/ Trace ID: /, 1)[0] ?? '').slice(0, 2000)
  return sentence.startsWith('AADSTS50034:') ? 'AADSTS50034: The user account {EUII Hidden} does not exist.' : sentence
}

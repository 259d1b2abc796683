import type { FastifyRequest } from 'fastify'
import type { AccessControl } from '../access-control/access-control.ts'
import { AuthorizationFailedError, LinkedAuthorizationFailedError, type Caller } from '../access-control/authorized.ts'
import { originOf } from '../http/http-app.ts'
import type { Refusal, RefusedAssignment, RefusedIdentity } from '../logs/refusal.ts'
import { shellWord } from '../logs/shell-word.ts'
import { actionType } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { ArmError } from './arm-error.ts'
import { claimsOf } from './claims-of-request.ts'
import { readPath } from './request-path.ts'

/** What explains a refusal, besides what its answer says. */
export type RefusalExplanation = Pick<
  Refusal,
  'caller' | 'machine' | 'action' | 'assignments' | 'smallestGrant' | 'cause' | 'remedy' | 'commands'
> & { readonly scope?: string }

export interface ExplanationSources {
  readonly request: FastifyRequest
  readonly accessControl: AccessControl
  readonly identitiesOf: (machineId: string) => Promise<readonly RefusedIdentity[]>
  readonly nameOf: (objectId: string) => Promise<string | undefined>
}

interface Known {
  readonly caller?: Caller
  readonly action?: string | undefined
  readonly scope?: ResourceId
}

/** Gathers the facts by which a request fails: who called, from which machine with which identities, and what was decided by. */
export async function explainError(error: unknown, known: Known, sources: ExplanationSources): Promise<RefusalExplanation> {
  const { machineId } = originOf(sources.request)
  const machine = machineId === undefined ? undefined : { id: machineId, identities: await sources.identitiesOf(machineId) }
  const name = known.caller && (await sources.nameOf(known.caller.objectId))
  const caller = known.caller && { objectId: known.caller.objectId, clientId: known.caller.clientId, name }
  const shared = { ...(caller && { caller }), ...(machine && { machine }) }
  if (error instanceof AuthorizationFailedError) {
    return { ...shared, ...(await explainDenial(error, error.action, error.scope, name, sources)) }
  }
  if (error instanceof LinkedAuthorizationFailedError) {
    return { ...shared, ...(await explainDenial(error, error.missing, error.linkedScope, name, sources)) }
  }
  const code = error instanceof ArmError || hasCode(error) ? error.code : ''
  const cause = (error instanceof ArmError ? error.reason : undefined) ?? causes[code] ?? 'The message says it.'
  return { ...shared, cause, remedy: remedies[code] ?? 'Change the request as the message says, and send it again.' }
}

async function explainDenial(
  { caller }: { readonly caller: Caller },
  action: string,
  scope: ResourceId,
  name: string | undefined,
  { accessControl, request }: ExplanationSources,
): Promise<Omit<RefusalExplanation, 'caller' | 'machine'>> {
  const mayBeNew = request.method === 'PUT' && `${actionType(scope)}/write`.toLowerCase() === action.toLowerCase()
  const { considered, grant } = await accessControl.explain(caller, action, scope, mayBeNew)
  const assignments = considered.map(({ assignment, roleName, outcome, reason }): RefusedAssignment => ({
    id: `${assignment.scope === '/' ? '' : assignment.scope}/providers/Microsoft.Authorization/roleAssignments/${assignment.name}`,
    roleName,
    scope: assignment.scope,
    outcome,
    reason,
  }))
  const who = name ?? caller.objectId
  const facts = { action, scope: scope.text, assignments }
  const cause =
    assignments.length === 0
      ? `${who} holds no role at all.`
      : `None of the role assignments that ${who} holds (${assignments.length}) allows ${action} at ${scope.text}.`
  if (!grant) return { ...facts, cause, remedy: `No role that there is has ${action}.` }
  const type = claimsOf(request)['idtyp'] === 'user' ? 'User' : 'ServicePrincipal'
  const command = `role assignment create --assignee-object-id ${caller.objectId} --assignee-principal-type ${type} --role "${grant.role.roleName}" --scope ${shellWord(grant.scope.text)}`
  return {
    ...facts,
    smallestGrant: {
      roleName: grant.role.roleName,
      scope: grant.scope.text,
      command: `az ${command}`,
      lanyard: `lanyard ${command}`,
    },
    cause,
    remedy: `Give it the role ${grant.role.roleName} at ${grant.scope.text}.`,
    commands: [`az ${command}`, `lanyard ${command}`],
  }
}

/** The refusal that is kept, out of what is known of the request. */
export function describeRefusal(
  record: Known & {
    readonly error?: { readonly code: string; readonly message: string }
    readonly explanation?: RefusalExplanation
  },
  request: Pick<Refusal, 'time' | 'requestId' | 'correlationId' | 'method' | 'path' | 'status'>,
): Refusal {
  const { caller, action, scope, error, explanation } = record
  return {
    ...request,
    endpoint: 'resource-manager',
    code: error?.code ?? String(request.status),
    message: error?.message ?? '',
    caller: caller && { objectId: caller.objectId, clientId: caller.clientId },
    action,
    cause: 'The message says it.',
    remedy: 'Change the request as the message says, and send it again.',
    ...explanation,
    scope: explanation?.scope ?? scope?.text ?? scopeOfPath(request.path),
  }
}

/** The subscription or group that a path begins with, for a request that was refused before its scope was read; else `/`. */
function scopeOfPath(path: string): string {
  try {
    return /^\/subscriptions\/[^/]+(?:\/resourceGroups\/[^/]+)?/i.exec(readPath(path))?.[0] ?? '/'
  } catch {
    return '/'
  }
}

function hasCode(error: unknown): error is { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}

const causes: Readonly<Record<string, string>> = {
  AuthenticationFailed: 'The request carried no token.',
  AuthenticationFailedInvalidHeader: 'The Authorization header is not of the form Bearer TOKEN.',
  InternalServerError: 'The platform made a mistake. Its log has the details under the request id.',
  ResourceNotFound: 'The caller may do this, and there is no such resource.',
  ResourceGroupNotFound: 'The caller may do this, and there is no such resource group.',
  SubscriptionNotFound: 'There is no such subscription, or none that the caller sees.',
}

const signInAgain = 'Get a new token and send that: az login --identity, or az account get-access-token.'

const remedies: Readonly<Record<string, string>> = {
  AuthenticationFailed: 'Send the header Authorization: Bearer TOKEN, with a token for https://management.azure.com/.',
  AuthenticationFailedInvalidHeader: 'Send the header Authorization: Bearer TOKEN.',
  ExpiredAuthenticationToken: signInAgain,
  InvalidAuthenticationToken: signInAgain,
  InvalidAuthenticationTokenTenant: 'Get a token of this installation: sign in under lanyard run.',
  InvalidAuthenticationTokenAudience: 'Ask for the token with resource=https://management.azure.com/.',
  ResourceNotFound: 'Check the name and the resource group: az resource list -o table.',
  ResourceGroupNotFound: 'Check the name: az group list -o table.',
  SubscriptionNotFound: 'Check the id: az account list -o table.',
  MissingApiVersionParameter: 'Add ?api-version=… to the address.',
  InternalServerError: 'Look at what lanyard up has printed.',
}

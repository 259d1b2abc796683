import type { IncomingHttpHeaders } from 'node:http'
import type { Refusal } from '../logs/refusal.ts'
import { shellWord } from '../logs/shell-word.ts'
import type { MachineFacts } from '../machines/machine.ts'
import type { DemandedToken } from './grant-token.ts'
import type { MetadataAnswer } from './metadata-answer.ts'

/** A request that was refused, and what is known of it. */
export interface RefusedRequest {
  readonly given: MetadataAnswer
  readonly path: string
  readonly query: string
  readonly headers: IncomingHttpHeaders
  /** Undefined when the request was refused before a token was looked for. */
  readonly demanded: DemandedToken | undefined
  readonly facts: MachineFacts | undefined
  readonly machineId: string | undefined
}

export type ExplainedRefusal = Pick<Refusal, 'code' | 'message' | 'selector' | 'resource' | 'cause' | 'remedy' | 'commands'>

/** Names of the selectors in the query, as a reader knows them. */
const selectorNames = { clientId: 'client_id', objectId: 'object_id', resourceId: 'msi_res_id' } as const

/** Why the metadata endpoint refused, from what the machine had at that moment, and what to do. */
export function explainRefusal(request: RefusedRequest): ExplainedRefusal {
  const { given, demanded, query } = request
  const [code, message] = wordsOf(given)
  const selector = demanded?.demand.selector
  return {
    code,
    message,
    selector: selector && `${selectorNames[selector.by]}=${selector.value.slice(0, 500)}`,
    resource: demanded?.demand.resource ?? new URLSearchParams(query).get('resource')?.slice(0, 500),
    ...causeAndRemedy(request, message),
  }
}

type Advice = Pick<Refusal, 'cause' | 'remedy' | 'commands'>

function causeAndRemedy(request: RefusedRequest, message: string): Advice {
  const { given, demanded, headers, facts, machineId, path } = request
  if (demanded && typeof demanded.outcome === 'string') return adviceOfDemand(demanded, demanded.outcome)
  if (given.status === 500) {
    return { cause: 'The platform made a mistake.', remedy: 'Look at what lanyard up has printed: its log has the details.' }
  }
  if (given.headers?.['WWW-Authenticate'] !== undefined) {
    return {
      cause: 'The agent of Azure Arc wants the content of the file that its challenge names; a client reads it and asks again.',
      remedy: 'Let the client read that file: it must be in the group himds, as the agent wants.',
    }
  }
  if (given.status === 404) {
    return facts || machineId === undefined
      ? {
          cause:
            machineId === undefined
              ? 'The request came from no machine that the platform knows.'
              : `There is nothing at ${path.slice(0, 200)}.`,
          remedy:
            'Ask by lanyard run, or from the address of a virtual machine; see docs/hosts.md for what each host answers to.',
        }
      : { cause: 'The machine does not exist any more.', remedy: 'Make it again: lanyard vm create, or lanyard.yaml.' }
  }
  if (given.status === 405) return { cause: 'The path has no such method.', remedy: 'Send GET.' }
  if (headers['x-forwarded-for'] !== undefined) {
    return {
      cause: 'The request came through a proxy that adds X-Forwarded-For: the metadata service answers direct requests alone.',
      remedy: 'Add 169.254.169.254 to NO_PROXY for the client, or remove the header in the proxy.',
    }
  }
  if (String(headers['metadata']).toLowerCase() !== 'true' && /metadata header/i.test(message)) {
    return { cause: 'The header Metadata: true is missing.', remedy: "Send it: curl -H 'Metadata: true' …" }
  }
  if (given.status === 401) {
    return {
      cause: 'The header with the secret of the host is missing or wrong.',
      remedy: 'Send what IDENTITY_HEADER (or MSI_SECRET) holds in the environment of the code.',
    }
  }
  return { cause: message, remedy: 'Change the request as the message says, and send it again.' }
}

function adviceOfDemand({ demand, facts }: DemandedToken, outcome: Exclude<DemandedToken['outcome'], object>): Advice {
  if (!facts) {
    return {
      cause: 'The request came from no machine that exists.',
      remedy: 'Ask by lanyard run, or from the address of a virtual machine.',
    }
  }
  const { id } = facts.resource
  const name = id.split('/').at(-1) ?? id
  if (outcome === 'unknownResource') {
    return {
      cause: `There is no service and no application ${demand.resource.slice(0, 500)} in this tenant.`,
      remedy:
        'Check the spelling (lanyard resource-ids list), or add the application to lanyard.yaml with this URI among identifierUris.',
    }
  }
  const [first] = facts.identities
  const naming = `name one: client_id=${first?.principal.clientId ?? '…'}`
  if (outcome === 'severalIdentities') {
    return {
      cause: `${name} has no system-assigned identity and ${facts.identities.length} user-assigned ones, and the request names none.`,
      remedy: `In the request ${naming}. Or switch the system-assigned identity on.`,
      commands: [assignCommand(id)],
    }
  }
  const { selector } = demand
  if (selector === undefined) {
    return {
      cause: first
        ? `${name} has no system-assigned identity, and a request that names none gets no other one's token on this host.`
        : `${name} has no identity.`,
      remedy: `Switch its system-assigned identity on${first ? `, or in the request ${naming}` : ''}.`,
      commands: [assignCommand(id)],
    }
  }
  const wanted = `${selectorNames[selector.by]} ${selector.value.slice(0, 500)}`
  const held = first ? `has ${facts.identities.length}, none of them that one` : 'has none'
  const identity = selector.by === 'resourceId' ? selector.value.slice(0, 500) : 'IDENTITY'
  return {
    cause: `The request names the identity with ${wanted}; ${name} ${held}.`,
    remedy: 'Attach that identity to the machine, or name one that it has.',
    commands: [assignCommand(id, identity)],
  }
}

/**
 * The command that gives a machine an identity: its own, or a user-assigned one.
 * @param id ARM id of the machine
 * @param identity ARM id
 */
function assignCommand(id: string, identity?: string): string {
  const [, group = '', name] =
    /\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Compute\/virtualMachines\/([^/]+)$/i.exec(id) ?? []
  if (name !== undefined) {
    const more = identity === undefined ? '' : ` --identities ${shellWord(identity)}`
    return `az vm identity assign -g ${shellWord(group)} -n ${shellWord(name)}${more}`
  }
  const block =
    identity === undefined ? { type: 'SystemAssigned' } : { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } }
  const [url, body] = [`${id}?api-version=2024-11-01`, JSON.stringify({ identity: block })]
  return `az rest --method patch --url ${shellWord(url)} --body ${shellWord(body)}`
}

/** The code and the sentence of an answer, in whatever shape the host gives them. */
function wordsOf({ status, body }: MetadataAnswer): readonly [code: string, message: string] {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return [String(status), body.slice(0, 1000)]
  }
  const members = (value: unknown) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {})
  const outer = members(parsed)
  const inner = members(outer['error'])
  const text = (...candidates: readonly unknown[]) =>
    candidates.find((one): one is string => typeof one === 'string' && one !== '')
  const message = text(outer['error_description'], inner['message'], outer['message'], outer['Message'], outer['error']) ?? ''
  const named = text(inner['code'], outer['error_description'] === undefined ? undefined : outer['error'])
  return [named ?? String(status), message.slice(0, 1000)]
}

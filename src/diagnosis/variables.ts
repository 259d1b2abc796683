/** What can be told from a text, or is known otherwise, and goes into commands. */
export type Variables = Readonly<Record<string, string>>

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const scope = /^\/(?:[\w.()-]+\/?)*$/
const name = /^[\w.()-]{1,90}$/

interface VariableKind {
  /** What stands in a command while nobody knows the value. */
  readonly placeholder: string
  /**
   * What a value has to look like. Values come out of pasted text and go into commands that a person will paste into a shell, so
   * none of these lets through a quote, a space, `$`, `;`, `&`, `|`, `<`, `>`, a backslash or a line end.
   */
  readonly shape: RegExp
}

/** Every name that a pattern or a command may use. */
export const variableKinds: Readonly<Record<string, VariableKind>> = {
  action: { placeholder: 'ACTION', shape: /^[\w.*/-]{1,200}$/ },
  apiVersion: { placeholder: 'API-VERSION', shape: /^[\w.-]{1,40}$/ },
  application: { placeholder: 'APPLICATION-ID', shape: /^[\w.:/-]{1,200}$/ },
  audience: { placeholder: 'AUDIENCE', shape: /^[\w.:/-]{1,200}$/ },
  clientId: { placeholder: 'CLIENT-ID', shape: guid },
  extension: { placeholder: 'EXTENSION-NAME', shape: name },
  file: { placeholder: 'FILE', shape: /^[\w./:-]{1,200}$/ },
  group: { placeholder: 'RESOURCE-GROUP', shape: name },
  host: { placeholder: 'HOST', shape: /^[\w.:-]{1,200}$/ },
  identity: { placeholder: 'IDENTITY-RESOURCE-ID', shape: scope },
  issuer: { placeholder: 'ISSUER', shape: /^[\w.:/-]{1,300}$/ },
  location: { placeholder: 'LOCATION', shape: /^[\w-]{1,60}$/ },
  principalId: { placeholder: 'PRINCIPAL-ID', shape: guid },
  provider: { placeholder: 'PROVIDER', shape: /^[\w.]{1,100}$/ },
  resource: { placeholder: 'RESOURCE', shape: /^[\w.:/-]{1,200}$/ },
  role: { placeholder: 'ROLE', shape: /^[\w-]{1,100}$/ },
  scope: { placeholder: 'SCOPE', shape: scope },
  subject: { placeholder: 'SUBJECT', shape: /^[\w.:/@*-]{1,300}$/ },
  subscription: { placeholder: 'SUBSCRIPTION-ID', shape: guid },
  tenant: { placeholder: 'TENANT-ID', shape: /^[\w.-]{1,100}$/ },
  url: { placeholder: 'URL', shape: /^https?:\/\/[\w.:/-]{1,300}$/i },
  vm: { placeholder: 'VM-NAME', shape: name },
}

/** The values that are safe in a command, and what follows from them: a scope says its subscription, its group and its machine. */
export function readVariables(found: Variables): Variables {
  const safe: Record<string, string> = {}
  for (const [key, value] of Object.entries(found)) if (variableKinds[key]?.shape.test(value)) safe[key] = value
  const { subscription, group, vm } = partsOfScope(safe['scope'] ?? '')
  return { ...(subscription && { subscription }), ...(group && { group }), ...(vm && { vm }), ...safe }
}

function partsOfScope(id: string): { subscription?: string; group?: string; vm?: string } {
  const segments = id.split('/')
  const after = (segment: string) => segments[segments.findIndex((each) => each.toLowerCase() === segment) + 1]
  const has = (segment: string) => segments.some((each) => each.toLowerCase() === segment)
  return {
    ...(has('subscriptions') && { subscription: after('subscriptions') ?? '' }),
    ...(has('resourcegroups') && { group: after('resourcegroups') ?? '' }),
    ...(has('virtualmachines') && { vm: after('virtualmachines') ?? '' }),
  }
}

/** A command with its `{names}` filled in; what is not known stays as a word in capitals. */
export function fillIn(command: string, variables: Variables): string {
  return command.replaceAll(/\{(\w+)\}/g, (whole, key: string) => variables[key] ?? variableKinds[key]?.placeholder ?? whole)
}

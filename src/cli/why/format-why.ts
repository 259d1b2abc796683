import type { RequestExplanation } from '../../contracts/request-explanation.ts'
import { wrapText } from '../output/wrap-text.ts'

/** The explanation of a refused request as a person reads it, in lines of at most `width` characters where words allow. */
export function formatWhy({ name, properties }: RequestExplanation, width: number): string {
  const { time, endpoint, method, path, status, code, message, caller, machine, selector, resource } = properties
  const { action, scope, assignments, cause, remedy, commands = [] } = properties
  const who = caller && [caller.name, caller.objectId ?? caller.clientId].filter(Boolean).join(', object id ')
  const identities = machine?.identities.map(({ kind, clientId, resourceId }) =>
    [kind, `client id ${clientId}`, resourceId].filter(Boolean).join(', '),
  )
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['caller', who],
    ['machine', machine?.id],
    ...(machine && endpoint === 'metadata'
      ? [['identities', identities?.length ? identities.join(`\n${margin}`) : 'none'] as const]
      : []),
    ['asked for', selector],
    ['resource', resource],
    ['action', action],
    ['scope', scope],
  ]
  const paragraphs = [
    `${method} ${path}\nwas refused with ${status} ${code} at ${time.replace(/\.\d+Z$/, 'Z')} (${endpoint}, ${name}):`,
    wrapText(printable(message), width, '  '),
    facts.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [line(label, value)])).join('\n'),
    ...(assignments === undefined ? [] : [assignmentLines(assignments, width)]),
    wrapText(`Why: ${printable(cause)}`, width),
    wrapText(`What to do: ${printable(remedy)}`, width),
    commands.map((command) => `  ${printable(command)}`).join('\n'),
  ]
  return `${paragraphs.filter(Boolean).join('\n\n')}\n`
}

const margin = ' '.repeat(12)

function line(label: string, value: string): string {
  return `${label.padEnd(margin.length)}${value.split('\n').map(printable).join('\n')}`
}

function assignmentLines(assignments: NonNullable<RequestExplanation['properties']['assignments']>, width: number): string {
  if (assignments.length === 0) return 'Role assignments: none.'
  const lines = assignments.map(({ roleName, scope, reason }) =>
    wrapText(printable(`- ${roleName} at ${scope}: ${reason}`), width, '  '),
  )
  return ['Role assignments that were looked at:', ...lines].join('\n')
}

/** What came in a request may hold what a terminal would obey. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out here
  return text.replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '\uFFFD')
}

import type { Fixes, KnownError } from './known-error.ts'
import { knownErrorGroups, knownErrors } from './known-errors/index.ts'
import { fillIn } from './variables.ts'

const shells: readonly (readonly [kind: keyof Fixes, label: string])[] = [
  ['az', 'az'],
  ['powershell', 'PowerShell'],
  ['portal', 'Portal'],
  ['lanyard', 'Lanyard'],
]

/** The page `docs/errors.md`, in Markdown. */
export function describeKnownErrors(): string {
  const contents = knownErrorGroups.map(({ title, errors }) => `- ${title}: ${errors.map(link).join(', ')}`)
  const groups = knownErrorGroups.map(({ title, errors }) => `## ${title}\n\n${errors.map(entry).join('\n')}`)
  return `${introduction()}\n${contents.join('\n')}\n\n${groups.join('\n')}`
}

function introduction(): string {
  return `# Errors

<!-- Written by \`npm run errors\` from src/diagnosis/known-errors; edit it there. -->

${knownErrors.length} errors of clients and services around a managed identity. \`lanyard explain\` finds them in any text, however it was wrapped,
coloured or quoted:

    lanyard explain "No access was configured for the VM, hence no subscriptions were found"
    python app.py 2>&1 | lanyard explain
    lanyard explain identity-not-found           # an entry of this page
    lanyard explain -o json < error.log

It shows the error that says most of the reason first: a cause before a symptom, and a symptom before an error that only wraps another. What it
reads out of the text (a scope, a client id) is put into the commands, if it is nothing that a shell would take for more than a word; words in
capitals are for you to fill in. The exit code is 0 for a known text, 3 for an unknown one, 2 when there is no text.

With \`-o json\`: \`{ known, cut, findings: [{ id, title, depth, meaning, printedBy: [{ client, version }], variables, causes: [{ cause,
howToTell, fixes: { az, powershell, portal, lanyard } }] }] }\`. \`cut\` says that the text was over 2 MiB and its middle was not looked at.
`
}

function link({ id }: KnownError): string {
  return `[${id}](#${id})`
}

function entry(error: KnownError): string {
  const printedBy = error.printedBy.map(({ client, version }) => `${client} (${version})`).join(', ')
  const texts = error.patterns.map(
    (pattern) =>
      `    ${pattern
        .replaceAll('{}', '…')
        .replaceAll(/\{(\w+)\}/g, '<$1>')
        .replaceAll('\n', '\n    ')}`,
  )
  const causes = error.causes.map(({ cause, howToTell, fixes }, index) => {
    const commands = shells.flatMap(([kind, label]) => {
      const fix = fixes[kind]
      if (fix === undefined) return []
      const shown = fillIn(fix, {}).split('\n')
      return kind === 'portal'
        ? [`   - ${label}: ${shown.join(' ')}`]
        : [`   - ${label}:`, '', ...shown.map((line) => `         ${line}`), '']
    })
    return [`${index + 1}. **${cause}** ${howToTell}`, '', ...commands].join('\n').trimEnd()
  })
  return `### ${error.id}

${error.title}. Printed by ${printedBy}.

${texts.join('\n')}

${error.meaning}

${causes.join('\n\n')}
`
}

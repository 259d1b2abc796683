import { fixesFor, type Explanation, type Finding, type Fixes } from '../../diagnosis/index.ts'
import { wrapText } from '../output/wrap-text.ts'

const labels = { az: 'az', powershell: 'PowerShell', portal: 'Portal', lanyard: 'Lanyard' } as const
const labelWidth = 12

/**
 * A finding for a person: what it means, and each cause with how to tell it and the fixes. Prose is wrapped; commands are not, since they
 * are to be copied.
 */
export function formatFinding(finding: Finding, width: number): string {
  const { error } = finding
  const printedBy = error.printedBy.map(({ client, version }) => `${client} (${version})`).join(', ')
  const blocks = [
    `${wrapText(error.title, width)}\n${wrapText(`Printed by ${printedBy}.`, width)}`,
    wrapText(error.meaning, width),
    ...error.causes.map(({ cause, howToTell, fixes }, index) => {
      const number = error.causes.length > 1 ? `${index + 1}. ` : ''
      const indent = ' '.repeat(3)
      const told = wrapText(`${number}${cause}`, width, '').replaceAll('\n', `\n${number ? indent : ''}`)
      return [
        told,
        wrapText(`How to tell: ${howToTell}`, width, indent),
        ...formatFixes(fixesFor(finding, fixes), width, indent),
      ].join('\n')
    }),
  ]
  return blocks.join('\n\n')
}

/** Commands stay in one piece, since they are to be copied; the way through the portal is prose. */
function formatFixes(fixes: Fixes, width: number, indent: string): string[] {
  return (Object.keys(labels) as (keyof Fixes)[]).flatMap((kind) => {
    const text = fixes[kind]
    if (text === undefined) return []
    const lines = (kind === 'portal' ? wrapText(text, width - indent.length - labelWidth) : text).split('\n')
    return lines.map((line, index) => `${indent}${(index === 0 ? labels[kind] : '').padEnd(labelWidth)}${line}`)
  })
}

/** The first finding in full and the others by name; all in full when `all`. Says so when there is none. */
export function formatExplanation({ findings, isCut }: Explanation, width: number, all: boolean): string {
  const cut = isCut ? ['The text is very long: its beginning and its end were looked at, not its middle.'] : []
  const [first, ...others] = findings
  if (!first) {
    const unknown =
      'This text is not known. On the machine where it was printed, "lanyard doctor" walks the whole chain and says what is broken; "lanyard run -- lanyard doctor" does it as a machine of Lanyard.'
    return [unknown, ...cut].map((text) => `${wrapText(text, width)}\n`).join('\n')
  }
  const full = all ? findings : [first]
  const rest =
    all || others.length === 0
      ? []
      : [
          ['Also in this text (--all shows all in full):', ...others.map(({ error }) => `  lanyard explain ${error.id}`)].join(
            '\n',
          ),
        ]
  const rule = `\n\n${'─'.repeat(Math.min(width, 40))}\n\n`
  const doctor = wrapText('Which cause applies on a machine, "lanyard doctor" finds out there.', width)
  return `${[full.map((finding) => formatFinding(finding, width)).join(rule), ...rest, doctor, ...cut].join('\n\n')}\n`
}

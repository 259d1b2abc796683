import type { DiagnosisReport, LinkFix, LinkReport } from '../../contracts/diagnosis-report.ts'
import { wrapText } from '../output/wrap-text.ts'

const marks = { passed: '✓', failed: '✗', unknown: '?', skipped: '-' } as const
const titleWidth = 18
const labels = { az: 'az', powershell: 'PowerShell', portal: 'Portal', lanyard: 'Lanyard' } as const
const labelWidth = 12

/** The report for a person: a line for each link, then the cause and the fixes of the broken one. */
export function formatReport(report: DiagnosisReport, width: number): string {
  const lines = report.links.map((link) => formatLink(link, width)).join('\n')
  const broken = report.links.find(({ state }) => state === 'failed')
  if (!broken) return `${lines}\n\nThe chain holds: this machine signs in and reads itself.\n`
  const fixes = broken.fixes ?? []
  const blocks = fixes.map((fix, index) => formatFix(fix, fixes.length > 1 ? `${index + 1}. ` : '', width))
  return `${lines}\n\n${wrapText(broken.cause ?? '', width)}\n\n${blocks.join('\n\n')}\n`
}

/** A detail that is longer than the line goes on below its own beginning. */
function formatLink({ state, title, detail }: LinkReport, width: number): string {
  const indent = ' '.repeat(titleWidth + 3)
  return `${marks[state]} ${title.padEnd(titleWidth)} ${wrapText(detail, width, indent).trimStart()}`
}

function formatFix(fix: LinkFix, number: string, width: number): string {
  const commands = (Object.keys(labels) as (keyof typeof labels)[]).flatMap((kind) =>
    linesOf(kind, fix[kind], width).map((line, index) => `   ${(index === 0 ? labels[kind] : '').padEnd(labelWidth)}${line}`),
  )
  const summary = wrapText(fix.summary, width, ' '.repeat(number.length)).trimStart()
  return [`${number}${summary}`, ...commands].join('\n')
}

/** Commands stay in one piece, since they are to be copied; the way through the portal is prose. */
function linesOf(kind: keyof typeof labels, text: string | undefined, width: number): string[] {
  if (text === undefined) return []
  return (kind === 'portal' ? wrapText(text, width - labelWidth - 3) : text).split('\n')
}

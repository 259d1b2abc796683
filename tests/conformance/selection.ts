// Which clients a run concerns: all, or those of the language that `npm run conformance LANGUAGE` names.

/** What can be named: each language of Azure's SDKs, Azure CLI, programs without an SDK, and the examples of the documentation. */
export const languages = ['javascript', 'python', 'go', 'java', 'rust', 'az', 'plain', 'vitest'] as const

export type Language = (typeof languages)[number]

/** Whether a client that is not installed is a failure (CI) or reported as skipped. */
export const required = process.env['LANYARD_CONFORMANCE_REQUIRED'] === '1'

/** Whether this run concerns the clients of that language. */
export function isSelected(language: Language): boolean {
  const selected = process.env['LANYARD_CONFORMANCE_LANGUAGE']
  return selected === undefined || selected === language
}

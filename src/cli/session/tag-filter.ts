import { quoted } from '../../api-client/index.ts'

/** The OData filter of `--tag key` or `--tag key=value`. */
export function tagFilter(tag: string): string {
  const [key = '', ...value] = tag.split('=')
  return `tagname eq ${quoted(key)}${value.length > 0 ? ` and tagvalue eq ${quoted(value.join('='))}` : ''}`
}

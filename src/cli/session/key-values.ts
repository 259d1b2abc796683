import { UsageError } from '../exit-codes.ts'

/** `['a=1', 'b']` as `{ a: '1', b: '' }`: the way `az` takes tags and headers. @throws UsageError for an empty key */
export function parseKeyValues(pairs: readonly string[] | undefined): Record<string, string> {
  const entries = (pairs ?? [])
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [key = '', ...value] = pair.split('=')
      if (key === '') throw new UsageError(`'${pair}' is not KEY=VALUE.`)
      return [key, value.join('=')] as const
    })
  return Object.fromEntries(entries)
}

import { ArmError } from './arm-error.ts'
import { queryValue } from './query.ts'

/**
 * Checks `api-version`. Any well-formed one from 2014 on is taken, since a single command of a client mixes several, and
 * clients that are newer than this program bring newer ones.
 * @throws ArmError
 */
export function checkApiVersion(query: unknown): string {
  const value = queryValue(query, 'api-version')
  if (value === undefined || value === '') {
    throw new ArmError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    )
  }
  const [, date = ''] = /^(20\d\d-\d\d-\d\d)(?:-[a-z]+)?$/i.exec(value) ?? []
  if (date >= '2014' && date < '2030' && isDate(date)) return value
  // This very code makes Azure PowerShell fall back to a version that it knows (wire.md B.2).
  throw new ArmError(
    400,
    'InvalidApiVersionParameter',
    `The api-version '${value.slice(0, 60)}' is invalid. The supported versions are '2025-04-01,2024-11-01,2022-12-01,2022-09-01,2021-04-01,2021-01-01,2020-01-01,2019-11-01,2016-06-01,2014-04-01'.`,
  )
}

/** Whether `YYYY-MM-DD` is a day of the calendar. */
function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

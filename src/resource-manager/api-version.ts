import { ArmError } from './arm-error.ts'
import { queryValue } from './query.ts'

/**
 * Checks `api-version`. Any well-formed one from 2014 to 2026 is taken, since a single command of a client mixes several.
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
  const version = value
  const [, year = '0', month = '0', day = '0'] = /^(\d{4})-(\d{2})-(\d{2})(-[a-z]+)?$/i.exec(version) ?? []
  const isDate = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31
  if (isDate && Number(year) >= 2014 && Number(year) <= 2026) return version
  // This very code makes Azure PowerShell fall back to a version that it knows (wire.md B.2).
  throw new ArmError(
    400,
    'InvalidApiVersionParameter',
    `The api-version '${version.slice(0, 60)}' is invalid. The supported versions are '2025-04-01,2024-11-01,2022-12-01,2022-09-01,2021-04-01,2021-01-01,2020-01-01,2019-11-01,2016-06-01,2014-04-01'.`,
  )
}

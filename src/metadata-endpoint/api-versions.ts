/** The versions of the metadata service, oldest first (wire.md D.2). Being dates, they order as text. */
export const apiVersions: readonly string[] = [
  '2017-03-01',
  '2017-04-02',
  '2017-08-01',
  '2017-10-01',
  '2017-12-01',
  '2018-02-01',
  '2018-04-02',
  '2018-10-01',
  '2019-02-01',
  '2019-03-11',
  '2019-04-30',
  '2019-06-01',
  '2019-06-04',
  '2019-08-01',
  '2019-08-15',
  '2019-11-01',
  '2020-06-01',
  '2020-07-15',
  '2020-09-01',
  '2020-10-01',
  '2020-12-01',
  '2021-01-01',
  '2021-02-01',
  '2021-03-01',
  '2021-05-01',
  '2021-08-01',
  '2021-10-01',
  '2021-11-01',
  '2021-11-15',
  '2021-12-13',
  '2023-07-01',
  '2023-11-15',
  '2024-03-15',
  '2024-07-17',
  '2025-04-07',
]

const known: ReadonlySet<string> = new Set(apiVersions)

/** The three newest, newest first: what a client is told that asked for none, or for one that does not exist. */
export const newestApiVersions: readonly string[] = apiVersions.slice(-3).reverse()

/** First version with `/metadata/instance`. */
export const instanceSince = '2017-04-02'

/** First version with `/metadata/identity/…`. */
export const identitySince = '2018-02-01'

/**
 * Whether `version` exists and is not older than `since`.
 * @param version what the client asked for; undefined when it asked for none
 */
export function isSupportedVersion(version: string | undefined, since: string): version is string {
  return version !== undefined && version >= since && known.has(version)
}

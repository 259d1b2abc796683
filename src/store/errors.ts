/** Another process holds the database. */
export class DataDirectoryInUseError extends Error {
  override name = 'DataDirectoryInUseError'
  constructor(path: string) {
    super(
      `${path} is in use by another Lanyard. Stop that one, attach to it with 'lanyard run', or name another directory with --data.`,
    )
  }
}

/** The database was written by a newer Lanyard. */
export class DataDirectoryVersionError extends Error {
  override name = 'DataDirectoryVersionError'
  constructor(path: string, found: number, known: number) {
    super(
      `${path} was written by a newer Lanyard (schema ${found}; this one knows ${known}). Update Lanyard, or name another directory with --data.`,
    )
  }
}

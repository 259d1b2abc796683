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

/** Something in the data directory, or the directory itself, is not what it must be. Nothing in it was changed. */
export class DataDirectoryUnusableError extends Error {
  override name = 'DataDirectoryUnusableError'
  /**
   * @param path what it is about
   * @param reason how it is, for instance `is damaged`
   */
  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`${path} ${reason}. Put it right or restore it from a copy, or name another directory with --data.`, options)
  }
}

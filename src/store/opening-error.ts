import { DataDirectoryInUseError, DataDirectoryUnusableError } from './errors.ts'

/** SQLite's result codes (sqlite.org/rescode.html), of which the extended ones share the low byte. */
const meanings: Readonly<Record<number, string>> = {
  8: 'cannot be written',
  10: 'cannot be read (the disk reports an error)',
  11: 'is damaged',
  13: 'cannot be written: the disk is full',
  14: 'cannot be opened',
  26: 'is damaged, or not a database of Lanyard',
}

/** What an error of SQLite at opening means to the user; the error itself when it means nothing to them. */
export function openingError(error: unknown, path: string): unknown {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return error
  const code = error.errcode & 0xff
  if (code === 5) return new DataDirectoryInUseError(path)
  const meaning = meanings[code]
  return meaning === undefined ? error : new DataDirectoryUnusableError(path, meaning, { cause: error })
}

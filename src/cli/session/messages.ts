import type { CommandIo } from '../command-io.ts'

/** Messages on the standard error, as loud as the user asked for. */
export interface Messages {
  warn(text: string): void
  info(text: string): void
  debug(text: string): void
}

export interface Loudness {
  readonly onlyShowErrors?: boolean
  readonly verbose?: boolean
  readonly debug?: boolean
}

/** Messages by `--only-show-errors`, `--verbose` and `--debug`. */
export function createMessages(io: CommandIo, loudness: Loudness): Messages {
  const write = (shown: boolean, text: string) => {
    if (shown && !loudness.onlyShowErrors) io.stderr.write(`${text}\n`)
  }
  return {
    warn: (text) => write(true, `WARNING: ${text}`),
    info: (text) => write(Boolean(loudness.verbose || loudness.debug), `INFO: ${text}`),
    debug: (text) => write(Boolean(loudness.debug), `DEBUG: ${text}`),
  }
}

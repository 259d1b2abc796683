import path from 'node:path'
import envPaths from 'env-paths'

/** The user's data directory for Lanyard: `$LANYARD_DATA`, else what the platform's convention says. */
export function defaultDataPath(env: Readonly<Record<string, string | undefined>>): string {
  return env['LANYARD_DATA'] ?? envPaths('lanyard', { suffix: '' }).data
}

/** The control socket of the data directory at `directory`, whether it exists or not. Windows has named pipes in place of socket files. */
export function controlSocketPath(directory: string): string {
  if (process.platform === 'win32')
    return `\\\\.\\pipe\\lanyard-${Buffer.from(path.resolve(directory)).toString('hex').slice(-64)}`
  return path.join(directory, 'control.sock')
}

import { access, constants, mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { NewGuid } from '../../http/endpoint.ts'

/** Where the agent keeps its key files; clients take no other place (wire.md C.3). */
export const arcKeyDirectory = '/var/opt/azcmagent/tokens'

/** Challenges that may be open at once; the oldest is forgotten, so that asking without end fills no disk. */
const openChallenges = 64

/** The key files by which the agent of Azure Arc finds out that a caller may read what its host lets it read. */
export interface ArcKeys {
  /**
   * Makes the directory.
   * @throws Error with a sentence for the user when it cannot be written to
   */
  prepare(): Promise<void>
  /** Makes a key file. @returns its path as clients are told it */
  challenge(): Promise<string>
  /** Whether `key` is the content of a file that was made and not used yet. It is used up by the question. */
  redeem(key: string): Promise<boolean>
  /** Removes every file. */
  close(): Promise<void>
}

export interface ArcKeyOptions {
  /** Where the files are written: `arcKeyDirectory` itself, or what is mounted there for the clients. */
  readonly directory: string
  readonly newGuid: NewGuid
  readonly randomBytes: (size: number) => Uint8Array
}

export function createArcKeys({ directory, newGuid, randomBytes }: ArcKeyOptions): ArcKeys {
  const fileByKey = new Map<string, string>()

  async function forget(key: string): Promise<void> {
    const file = fileByKey.get(key)
    fileByKey.delete(key)
    if (file !== undefined) await rm(file, { force: true })
  }

  return {
    async prepare() {
      try {
        await mkdir(directory, { recursive: true })
        await access(directory, constants.W_OK)
      } catch (error) {
        const { code = 'unknown reason' } = error as NodeJS.ErrnoException
        throw new Error(
          `The clients of Azure Arc read their key in ${directory}, which cannot be written to (${code}). ` +
            `Use lanyard connect, which has a place of its own there, or: sudo install -d -o "$(id -un)" ${directory}`,
          { cause: error },
        )
      }
    },
    async challenge() {
      const [oldest] = fileByKey.keys()
      if (oldest !== undefined && fileByKey.size >= openChallenges) await forget(oldest)
      const key = Buffer.from(randomBytes(48)).toString('base64')
      const name = `${newGuid()}.key`
      const file = path.join(directory, name)
      fileByKey.set(key, file)
      await writeFile(file, key, { mode: 0o600 })
      return path.posix.join(arcKeyDirectory, name)
    },
    async redeem(key) {
      const isKnown = fileByKey.has(key)
      if (isKnown) await forget(key)
      return isKnown
    },
    async close() {
      await Promise.all([...fileByKey.keys()].map(forget))
    },
  }
}

import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import type { WorldFile } from '../world/parse-world.ts'
import { WorldFileError } from '../world/world-file-error.ts'

/** More than any world that is written; a wrong file (a log, a disk image) is refused before it fills the memory. Bytes. */
const largestFile = 4 * 2 ** 20

const reasons: Readonly<Partial<Record<string, string>>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file: a part of its path is no directory',
  EISDIR: 'is a directory; name the file in it',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
}

/**
 * Reads the world file.
 * @param file as the user named it; undefined looks for `lanyard.yaml` in `directory` and the folders above it
 * @returns undefined when none was named and none is there
 * @throws WorldFileError
 */
export async function loadWorld(
  file: string | undefined,
  directory: string,
): Promise<(WorldFile & { readonly file: string }) | undefined> {
  const found = file === undefined ? findUpwards('lanyard.yaml', directory) : path.resolve(directory, file)
  if (found === undefined) return undefined
  // Only here: most starts have no world file, and the parser and the schema take as long to load as the store does.
  const { parseWorld } = await import('../world/parse-world.ts')
  const shown = path.relative(directory, found) || found
  return { ...parseWorld(decode(await readBounded(found, shown), shown), shown), file: shown }
}

async function readBounded(file: string, shown: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    await using handle = await open(file)
    // Not readFile: what is no plain file (a pipe, a device) does not tell its size, and may have no end.
    for await (const chunk of handle.createReadStream({ end: largestFile })) {
      chunks.push(chunk as Uint8Array)
      size += (chunk as Uint8Array).length
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    throw new WorldFileError(`${shown}: ${reasons[code] ?? `cannot be read (${code})`}`)
  }
  if (size > largestFile) {
    throw new WorldFileError(`${shown}: is larger than ${largestFile / 2 ** 20} MiB, so it is no world file`)
  }
  return Buffer.concat(chunks)
}

function decode(bytes: Uint8Array, shown: string): string {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new WorldFileError(`${shown}: is UTF-16 text; save it as UTF-8`)
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // what is not UTF-8 is refused below, as what holds a zero is
  }
  throw new WorldFileError(`${shown}: is not text in UTF-8; expected YAML`)
}

function findUpwards(name: string, directory: string): string | undefined {
  for (let folder = path.resolve(directory); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, name)
    if (existsSync(candidate)) return candidate
    if (folder === path.dirname(folder)) return undefined
  }
}

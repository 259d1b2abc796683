import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { WorldFileError } from '../world/world-file-error.ts'
import type { World } from '../world/world-schema.ts'

/**
 * Reads the world file.
 * @param file as the user named it; undefined looks for `lanyard.yaml` in `directory` and the folders above it
 * @returns undefined when none was named and none is there
 * @throws WorldFileError
 */
export async function loadWorld(
  file: string | undefined,
  directory: string,
): Promise<{ world: World; file: string } | undefined> {
  const found = file === undefined ? findUpwards('lanyard.yaml', directory) : path.resolve(directory, file)
  if (found === undefined) return undefined
  // Only here: most starts have no world file, and the parser and the schema take as long to load as the store does.
  const { parseWorld } = await import('../world/parse-world.ts')
  const shown = path.relative(directory, found) || found
  let text: string
  try {
    text = await readFile(found, 'utf8')
  } catch (error) {
    throw new WorldFileError(`${shown}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`)
  }
  return { world: parseWorld(text, shown), file: shown }
}

function findUpwards(name: string, directory: string): string | undefined {
  for (let folder = path.resolve(directory); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, name)
    if (existsSync(candidate)) return candidate
    if (folder === path.dirname(folder)) return undefined
  }
}

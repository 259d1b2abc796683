// Declarations of what can be imported from the package: the entry's own and those that it leads to, no others.
import { execFile } from 'node:child_process'
import { readFile, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const entry = 'testing/index.d.ts'

/** Writes the declarations to `folder`. */
export async function writeTypes(root: string, folder: string): Promise<void> {
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const emit = [
    '--noEmit',
    'false',
    '--declaration',
    '--emitDeclarationOnly',
    '--rootDir',
    path.join(root, 'src'),
    '--outDir',
    folder,
  ]
  await promisify(execFile)(process.execPath, [tsc, '-p', path.join(root, 'build', 'tsconfig.types.json'), ...emit])
  const needed = new Set<string>()
  await follow(path.join(folder, entry), needed)
  for (const file of await readdir(folder, { recursive: true })) {
    const found = path.join(folder, file)
    if (found.endsWith('.d.ts') && !needed.has(found)) await rm(found)
  }
}

async function follow(file: string, needed: Set<string>): Promise<void> {
  if (needed.has(file)) return
  needed.add(file)
  const text = await readFile(file, 'utf8')
  for (const [, target = ''] of text.matchAll(/(?:from|import\()\s*['"](\.[^'"]+)['"]/g)) {
    await follow(path.resolve(path.dirname(file), target.replace(/\.ts$/, '.d.ts')), needed)
  }
}

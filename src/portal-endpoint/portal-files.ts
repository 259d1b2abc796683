import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'

/** A file of the portal, whole, as it can be sent. */
export interface PortalFile {
  readonly type: string
  readonly plain: Uint8Array
  /** Undefined for what is compressed in itself. */
  readonly br: Uint8Array | undefined
  readonly gzip: Uint8Array | undefined
}

/** The portal as it was built. */
export interface PortalFiles {
  /** `index.html` */
  readonly index: string
  /** By name, for instance `index-B1x9.js`: those that the build put into `assets`. */
  readonly assets: ReadonlyMap<string, PortalFile>
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}
const compressed = new Set(['.ico', '.jpg', '.png', '.webp', '.woff2'])

/**
 * Reads what `npm run build` made of the portal. Only what is found now is ever served, so no request names a path on the disk.
 * @returns undefined when there is nothing at `directory`
 */
export async function readPortalFiles(directory: string): Promise<PortalFiles | undefined> {
  const index = await readIfThere(path.join(directory, 'index.html'))
  if (index === undefined) return undefined
  const folder = path.join(directory, 'assets')
  const names = await readdir(folder).catch((): string[] => [])
  const served = names.filter((name) => path.extname(name) in types)
  const files = await Promise.all(served.map(async (name) => [name, await readPortalFile(folder, name)] as const))
  return { index: index.toString('utf8'), assets: new Map(files) }
}

/** Takes what the build compressed beside the file, and compresses the rest here. */
async function readPortalFile(folder: string, name: string): Promise<PortalFile> {
  const extension = path.extname(name)
  const plain = await readFile(path.join(folder, name))
  const type = types[extension] ?? 'application/octet-stream'
  if (compressed.has(extension)) return { type, plain, br: undefined, gzip: undefined }
  const [br, gz] = await Promise.all([readIfThere(path.join(folder, `${name}.br`)), readIfThere(path.join(folder, `${name}.gz`))])
  return { type, plain, br: br ?? (await promisify(brotliCompress)(plain)), gzip: gz ?? (await promisify(gzip)(plain)) }
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
}

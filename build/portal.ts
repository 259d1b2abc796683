// Builds the portal: a page, hashed files beside it, and each of them compressed for those who take it.
import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { InlineConfig, Manifest } from 'vite'

/** What the first load may weigh after gzip, bytes: the page, its scripts, and the scripts of the page Home. */
export const firstLoadLimit = 350_000

/** The page that a newcomer sees first, as its source is called in Vite's manifest. */
const firstPage = 'pages/home/home-page.tsx'

/** What building and developing have in common. */
export function portalConfig(root: string): InlineConfig {
  return {
    root: path.join(root, 'src', 'portal'),
    configFile: false,
    appType: 'spa',
    logLevel: 'warn',
    // Fluent's components are CommonJS and ESM twins; one React for all of them.
    resolve: { dedupe: ['react', 'react-dom'] },
  }
}

/**
 * Builds into `folder` and says what the first load weighs.
 * @returns bytes after gzip
 * @throws Error when that is more than the limit
 */
export async function buildPortal(root: string, folder: string): Promise<number> {
  const { build } = await import('vite')
  await build({
    ...portalConfig(root),
    build: {
      outDir: folder,
      emptyOutDir: true,
      manifest: 'manifest.json',
      target: 'es2023',
      // A content security policy without `data:` and without inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: {
        // Fluent's modules all say `use client`, which means nothing here.
        onLog: (level, log, handle) => log.code === 'MODULE_LEVEL_DIRECTIVE' || handle(level, log),
      },
      chunkSizeWarningLimit: 2000,
    },
  })
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
  await Promise.all(files.map(compress))
  const weight = await firstLoad(folder)
  if (weight > firstLoadLimit)
    throw new Error(`The portal's first load is ${weight} bytes after gzip; the limit is ${firstLoadLimit}.`)
  return weight
}

/** Writes FILE.gz and FILE.br. The page itself is made anew for every request, so it is compressed by who serves it. */
async function compress(file: string): Promise<void> {
  if (!/\.(?:js|css|svg)$/.test(file)) return
  const bytes = await readFile(file)
  const [gzipped, brotli] = await Promise.all([
    promisify(gzip)(bytes, { level: 9 }),
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
  ])
  await Promise.all([writeFile(`${file}.gz`, gzipped), writeFile(`${file}.br`, brotli)])
}

/** What a browser fetches before Home is shown, bytes after gzip. */
async function firstLoad(folder: string): Promise<number> {
  const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as Manifest
  const fetched = new Set<string>()
  const follow = (name: string) => {
    const chunk = manifest[name]
    if (!chunk) throw new Error(`Vite's manifest says nothing of ${name}.`)
    if (fetched.has(chunk.file)) return
    fetched.add(chunk.file)
    for (const file of [...(chunk.css ?? []), ...(chunk.assets ?? [])]) fetched.add(file)
    for (const other of chunk.imports ?? []) follow(other)
  }
  follow('index.html')
  follow(firstPage)
  const { size: page } = await stat(path.join(folder, 'index.html'))
  const sizes = await Promise.all([...fetched].map(async (file) => (await stat(path.join(folder, `${file}.gz`))).size))
  return sizes.reduce((sum, size) => sum + size, page)
}

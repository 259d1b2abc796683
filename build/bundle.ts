// Builds what is published: the sources as one entry and lazily loaded chunks, so that starting loads few files.
// What the sources import is bundled with them; its licences travel in node_modules, which npm installs beside it.
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'rolldown'
import { buildPortal } from './portal.ts'
import { writeTypes } from './types.ts'

const root = new URL('..', import.meta.url).pathname
/** `node build/bundle.ts [FOLDER]`: where to, `dist` when left out. */
const folder = path.resolve(root, process.argv[2] ?? 'dist')
await rm(folder, { recursive: true, force: true })
await build({
  cwd: root,
  input: {
    lanyard: 'src/cli/main.ts',
    testing: 'src/testing/index.ts',
    'sandbox-agent': 'src/cli/platform/sandbox/sandbox-agent.ts',
  },
  platform: 'node',
  logLevel: 'warn',
  external: [/^node:/],
  output: {
    dir: folder,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    sourcemap: true,
  },
})
const [firstLoad] = await Promise.all([
  buildPortal(root, path.join(folder, 'portal')),
  writeTypes(root, path.join(folder, 'types')),
])
console.log(`portal: first load ${Math.round(firstLoad / 1000)} kB after gzip`)

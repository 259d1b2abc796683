// Builds what is published: the sources as one entry and lazily loaded chunks, so that starting loads few files.
// What the sources import is bundled with them; its licences travel in node_modules, which npm installs beside it.
import { rm } from 'node:fs/promises'
import { build } from 'rolldown'

const root = new URL('..', import.meta.url).pathname
await rm(`${root}dist`, { recursive: true, force: true })
await build({
  cwd: root,
  input: { lanyard: 'src/cli/main.ts', 'sandbox-agent': 'src/cli/platform/sandbox/sandbox-agent.ts' },
  platform: 'node',
  logLevel: 'warn',
  external: [/^node:/],
  output: {
    dir: 'dist',
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    sourcemap: true,
  },
})

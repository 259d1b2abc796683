// Builds what is published: the sources as one entry and lazily loaded chunks, so that starting loads few files.
// Dependencies stay outside the bundle: they are installed by npm, with their licences.
import { rm } from 'node:fs/promises'
import { build } from 'rolldown'

const root = new URL('..', import.meta.url).pathname
await rm(`${root}dist`, { recursive: true, force: true })
await build({
  cwd: root,
  input: { lanyard: 'src/cli/main.ts' },
  platform: 'node',
  logLevel: 'warn',
  // tsyringe inside @peculiar/x509 needs its own copy of decorators metadata order, so certificates stay outside.
  external: [/^node:/, '@peculiar/x509', 'reflect-metadata', /^pino/],
  output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js', sourcemap: true },
})

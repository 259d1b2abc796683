import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { documentedExample, packConsumer } from '../support/pack-consumer.ts'
import { isSelected, required } from './selection.ts'

/** A `node_modules` that has Vitest. */
const modules = process.env['LANYARD_VITEST']

test(
  'the example for Vitest of docs/testing.md runs with the packed package',
  { skip: !isSelected('vitest') },
  async (context) => {
    if (modules === undefined) {
      assert.ok(!required, 'LANYARD_VITEST is not set')
      return context.skip('LANYARD_VITEST is not set')
    }
    const work = await mkdtemp(path.join(tmpdir(), 'lanyard-vitest-'))
    try {
      const consumer = await packConsumer(work)
      await cp(modules, path.join(work, 'node_modules'), { recursive: true, verbatimSymlinks: true })
      await writeFile(path.join(consumer, 'example.test.mjs'), await documentedExample('vitest.mjs'))
      const vitest = path.join(work, 'node_modules', 'vitest', 'vitest.mjs')
      const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, 'run'], { cwd: consumer, encoding: 'utf8' })
      assert.equal(status, 0, `${stdout}${stderr}`)
      context.diagnostic(/v\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? 'Vitest')
    } finally {
      await rm(work, { recursive: true, force: true })
    }
  },
)

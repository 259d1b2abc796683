import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { parseWorld } from '../../src/world/parse-world.ts'
import { runLanyard } from '../support/run-lanyard.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

interface Compose {
  readonly services: Record<string, { command: string[]; networks: { azure: { ipv4_address: string; aliases?: string[] } } }>
}

/** The options of `lanyard VERB` that its help names. */
async function optionsOf(verb: string): Promise<ReadonlySet<string>> {
  const { stdout } = await runLanyard([verb, '--help'])
  return new Set(stdout.match(/--[a-z-]+/g))
}

test('the options of the recipes are options that there are', async () => {
  const known = { up: await optionsOf('up'), run: await optionsOf('run') }
  const { services } = parse(read('examples/compose/compose.yaml')) as Compose
  const lines = [
    (services['lanyard']?.command ?? []).join(' '),
    (JSON.parse(/^CMD (.*)$/m.exec(read('Dockerfile'))?.[1] ?? '[]') as string[]).join(' '),
    ...[...read('examples/github-actions/integration.yml').matchAll(/lanyard (run .*?) --/g)].map(([, line = '']) => line),
    ...[...read('examples/devcontainer/devcontainer.json').matchAll(/lanyard (up [^>]*)/g)].map(([, line = '']) => line),
  ]
  assert.equal(lines.length, 4)
  for (const line of lines) {
    const [verb = ''] = line.split(' ')
    assert.ok(verb === 'up' || verb === 'run', line)
    for (const option of line.match(/--[a-z-]+/g) ?? []) assert.ok(known[verb].has(option), `${verb} ${option}`)
  }
})

test('Compose: the services have the addresses of the machines, and Lanyard that of the metadata service', () => {
  const { services } = parse(read('examples/compose/compose.yaml')) as Compose
  const { world } = parseWorld(read('examples/compose/lanyard.yaml'), 'lanyard.yaml')
  const addresses = world.subscriptions
    .flatMap(({ resourceGroups }) => resourceGroups)
    .flatMap(({ virtualMachines }) => virtualMachines.map(({ privateIpAddress }) => privateIpAddress))
  assert.deepEqual(addresses, [services['app']?.networks.azure.ipv4_address])
  assert.equal(services['lanyard']?.networks.azure.ipv4_address, '169.254.169.254')
})

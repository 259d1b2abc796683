import assert from 'node:assert/strict'
import { accessSync, constants } from 'node:fs'
import { test } from 'node:test'
import { runProgram } from './run-program.ts'
import type { Failure } from './programs/story.ts'

/** What the program tells of one way to ask: the name of the identity, or the failure. */
type Told = Record<'system' | 'byClientId' | 'byObjectId' | 'byResourceId' | 'byDefault', string | Failure>

/** Hosts on which the library lets an identity be named, and those where it does not. */
const byName: Readonly<Record<string, readonly (keyof Told)[]>> = {
  vm: ['byClientId', 'byObjectId', 'byResourceId'],
  'app-service': ['byClientId', 'byObjectId', 'byResourceId'],
  functions: ['byClientId', 'byObjectId', 'byResourceId'],
  'container-apps': ['byClientId', 'byObjectId', 'byResourceId'],
  'azure-ml': ['byClientId'],
  arc: [],
  'cloud-shell': [],
  'service-fabric': [],
}

for (const [host, selectors] of Object.entries(byName)) {
  test(`@azure/identity on ${host}: the token of the identity that was asked for, or a refusal`, async (context) => {
    if (host === 'arc' && !mayWriteKeys()) return context.skip('/var/opt may not be written to')
    const told = await runProgram<Told>('host.ts', ['--vm', host], 'hosts.yaml')
    assert.equal(told.system, `system of ${host}`)
    assert.equal(told.byDefault, `system of ${host}`)
    for (const way of ['byClientId', 'byObjectId', 'byResourceId'] as const) {
      if (selectors.includes(way)) assert.equal(told[way], 'app', way)
      // Whether the library refuses or the host, the answer is never another identity.
      else assert.ok(typeof told[way] === 'object' || told[way] === 'app', `${way}: ${JSON.stringify(told[way])}`)
    }
  })
}

function mayWriteKeys(): boolean {
  if (process.platform !== 'linux') return false
  for (const folder of ['/var/opt/azcmagent/tokens', '/var/opt/azcmagent', '/var/opt']) {
    try {
      accessSync(folder, constants.W_OK)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return false
    }
  }
  return false
}

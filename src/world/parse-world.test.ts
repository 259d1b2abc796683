import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseWorld } from './parse-world.ts'
import { WorldFileError } from './world-file-error.ts'

const subscription = 'subscriptions:\n  - name: Test\n    id: 11111111-2222-4333-8444-555555555555\n'

test('a world file fills in what it leaves out', () => {
  const world = parseWorld(
    `${subscription}    resourceGroups:\n      - name: lanyard\n        virtualMachines: [{ name: web-1 }]\n`,
    'lanyard.yaml',
  )
  const group = world.subscriptions[0]?.resourceGroups[0]
  assert.equal(group?.location, 'westeurope')
  assert.deepEqual(group?.virtualMachines, [{ name: 'web-1', systemAssignedIdentity: true, userAssignedIdentities: [] }])
})

function messageOf(text: string): string {
  try {
    parseWorld(text, 'lanyard.yaml')
  } catch (error) {
    assert.ok(error instanceof WorldFileError)
    return error.message
  }
  throw new Error('the file was accepted')
}

test('a wrong value is named with line, column and what was expected', () => {
  assert.match(
    messageOf('subscriptions:\n  - name: Test\n    id: not-a-guid\n'),
    /^lanyard\.yaml:3:9: subscriptions\.0\.id: .*GUID/i,
  )
})

test('an unknown key is pointed at itself', () => {
  assert.match(messageOf(`${subscription}    resourcegroups: []\n`), /^lanyard\.yaml:4:5: .*resourcegroups/)
})

test('text that is not YAML is named with line and column', () => {
  assert.match(messageOf('subscriptions: [\n'), /^lanyard\.yaml:\d+:\d+: /)
})

test('an empty file says what is expected', () => {
  assert.match(messageOf(''), /subscriptions/)
})

test('a role assignment names exactly one principal', () => {
  const roles = 'roleAssignments:\n  - role: Reader\n    scope: /\n    principal: { virtualMachine: a, application: b }\n'
  assert.match(messageOf(subscription + roles), /:7:16: .*exactly one of/)
})

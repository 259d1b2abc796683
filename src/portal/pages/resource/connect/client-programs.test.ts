import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { clientPrograms, waysOntoMachine, type ProgramFacts } from './client-programs.ts'

const facts: ProgramFacts = {
  machine: 'web-1',
  group: 'shop',
  type: 'Microsoft.Compute/virtualMachines',
  resource: 'https://vault.azure.net',
  clientId: undefined,
}
const clientId = '11111111-2222-4333-8444-555555555555'
const codeOf = (name: string, more: Partial<ProgramFacts> = {}) =>
  clientPrograms.find((program) => program.name === name)?.code({ ...facts, ...more }) ?? ''

test('every program asks for the service, and names the identity only when one is meant', () => {
  for (const { name } of clientPrograms) {
    assert.doesNotMatch(codeOf(name), /client_?id|AccountId|-client-id/i, name)
    assert.match(codeOf(name, { clientId }), new RegExp(clientId), name)
    if (name !== 'Azure CLI' && name !== 'PowerShell')
      assert.match(decodeURIComponent(codeOf(name)), /https:\/\/vault\.azure\.net/, name)
  }
  assert.equal(
    codeOf('curl', { clientId }),
    `curl -H Metadata:true 'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net&client_id=${clientId}'`,
  )
  assert.match(codeOf('curl', { type: 'Microsoft.Web/sites' }), /\$IDENTITY_ENDPOINT/)
})

test('what is typed into the page stays one word of the command that is copied', () => {
  const nasty = `$(touch x)'; echo "b" #`
  const script = codeOf('curl', { resource: nasty }).replace(/^curl -H Metadata:true/, "printf '%s'")
  assert.match(execFileSync('sh', ['-c', script], { encoding: 'utf8' }), /^http:\/\/169\.254\.169\.254\/[^ ]+$/)
  const [, [, run]] = waysOntoMachine({ machine: nasty, group: 'a b' })
  const words = execFileSync('sh', ['-c', run.replace(/^lanyard run/, String.raw`printf '%s\n'`)], { encoding: 'utf8' }).split(
    '\n',
  )
  assert.deepEqual(words.slice(0, 4), ['--vm', nasty, '-g', 'a b'])
  assert.match(codeOf('PowerShell', { machine: "it's" }), /-Name 'it''s'/)
  assert.match(codeOf('Python', { resource: '"quoted"' }), /get_token\("\\"quoted\\"\/\.default"\)/)
})

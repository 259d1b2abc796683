import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runProgram } from './run-program.ts'
import type { Failure } from './programs/story.ts'

test('@azure/identity: what it makes of each failure of the metadata endpoint', async () => {
  const told = await runProgram<Record<string, string | Failure>>('faults.ts', ['--vm', 'web-1'], 'faults.yaml')
  const outcomes = Object.entries(told).map(([name, one]) => [name, typeof one === 'string' ? one : one.failed])
  // Two hours of life, and an hour more that the endpoint claims.
  assert.deepEqual(Object.fromEntries(outcomes), {
    s404: 'a token for 180 minutes',
    s429: 'a token for 180 minutes',
    's429-silent': 'CredentialUnavailableError',
    s500: 'a token for 180 minutes',
    s503: 'a token for 180 minutes',
    malformed: 'CredentialUnavailableError',
    drop: 'a token for 180 minutes',
    good: 'a token for 180 minutes',
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainClaims } from './claims-explained.ts'

test('claims are told one by one, times as times, and a claim that nobody knows as it is', () => {
  const told = explainClaims({ aud: 'https://vault.azure.net', exp: 1_772_366_400, roles: ['Read'], custom: true })
  assert.deepEqual(
    told.map(({ name, value, time }) => [name, value, time]),
    [
      ['aud', 'https://vault.azure.net', undefined],
      ['exp', '1772366400', '2026-03-01T12:00:00.000Z'],
      ['roles', '["Read"]', undefined],
      ['custom', 'true', undefined],
    ],
  )
  assert.match(told[0]?.meaning ?? '', /Audience/)
  assert.equal(told[3]?.meaning, '')
  assert.equal(explainClaims({ exp: 1e300 })[0]?.time, undefined)
})

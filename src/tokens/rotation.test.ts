import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planRotation, retirementOf, shortestPublication } from './rotation.ts'
import type { StoredSigningKey } from './signing-key.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2026, 0, 1)
const keyFrom = (kid: string, activeFrom: number): StoredSigningKey => ({
  kid,
  encryptedPrivateKey: '',
  certificate: '',
  createdAt: activeFrom,
  activeFrom,
  retiresAt: retirementOf(activeFrom, day),
})
const first = keyFrom('first', start)

test('without a key one is to be made that signs at once', () => {
  const plan = planRotation([], start, day)
  assert.equal(plan.signs, undefined)
  assert.equal(plan.prepareFor, start)
})

test('the next key is due two days before the hand-over, and not twice', () => {
  assert.equal(planRotation([first], start + 27 * day, day).prepareFor, undefined)
  assert.equal(planRotation([first], start + 28 * day, day).prepareFor, start + 30 * day)
  const next = keyFrom('next', start + 30 * day)
  const plan = planRotation([first, next], start + 29 * day, day)
  assert.equal(plan.prepareFor, undefined)
  assert.equal(plan.signs?.kid, 'first')
  assert.deepEqual(
    plan.published.map(({ kid }) => kid),
    ['first', 'next'],
  )
  assert.equal(plan.validUntil, start + 30 * day)
})

test('a key stays published until the last token it signed has expired', () => {
  const keys = [first, keyFrom('next', start + 30 * day)]
  assert.equal(planRotation(keys, start + 30 * day, day).signs?.kid, 'next')
  assert.equal(planRotation(keys, start + 31 * day, day).published.length, 2)
  assert.deepEqual(planRotation(keys, start + 31 * day + hour, day).drop, [first])
})

test('after a pause over the hand-over the old key signs on while its successor is published', () => {
  const now = start + 33 * day
  const plan = planRotation([first], now, day)
  assert.equal(plan.signs?.kid, 'first')
  assert.equal(plan.prepareFor, now + shortestPublication)
  assert.equal(planRotation([first], start + 60 * day, day).signs, undefined)
})

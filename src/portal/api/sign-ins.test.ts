import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signInFilter } from './sign-ins.ts'

test('a query of sign-ins is the filter that Graph takes', () => {
  assert.equal(signInFilter({}), '')
  assert.equal(signInFilter({ failed: true }), 'status/errorCode ne 0')
  assert.equal(
    signInFilter({ succeeded: true, principal: '1111', machine: "/subscriptions/1/o'brien", since: '2026-01-01T00:00:00.000Z' }),
    "status/errorCode eq 0 and servicePrincipalId eq '1111' and lanyard/machineId eq '/subscriptions/1/o''brien' and createdDateTime ge 2026-01-01T00:00:00.000Z",
  )
})

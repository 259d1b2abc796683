import assert from 'node:assert/strict'
import { test } from 'node:test'
import { knownErrors } from '../../../diagnosis/known-errors/index.ts'
import { searchErrors } from './error-list.ts'

test('a search finds known errors by code, by text and by who prints them', () => {
  const ids = (search: string) => searchErrors(search).map(({ error }) => error.id)
  assert.equal(ids('').length, knownErrors.length)
  assert.ok(ids('aadsts500011').includes('aadsts500011-unknown-resource'))
  assert.ok(ids('does not have authorization').includes('authorization-failed'))
  assert.ok(ids('POWERSHELL authorization').includes('authorization-failed'))
  assert.deepEqual(ids('no such words at all'), [])
})

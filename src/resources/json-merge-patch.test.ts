import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergePatch } from './json-merge-patch.ts'

test('objects merge, null removes, arrays and values replace', () => {
  const target = { a: { b: 1, c: 2 }, list: [1, 2], gone: true }
  assert.deepEqual(mergePatch(target, { a: { c: null, d: 3 }, list: [9], gone: null }), { a: { b: 1, d: 3 }, list: [9] })
  assert.deepEqual(target, { a: { b: 1, c: 2 }, list: [1, 2], gone: true })
})

test('a patch onto something that is no object starts from an empty one', () => {
  assert.deepEqual(mergePatch({ a: 'text' }, { a: { b: { c: null, d: 1 } } }), { a: { b: { d: 1 } } })
  assert.deepEqual(mergePatch(undefined, { a: 1 }), { a: 1 })
})

test('a member named __proto__ is a member', () => {
  const merged = mergePatch({}, JSON.parse('{"__proto__":{"polluted":true}}'))
  assert.equal(Object.getPrototypeOf(merged), Object.prototype)
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
})

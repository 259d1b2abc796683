import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rowWindow, sortRows } from './row-window.ts'
import { timeAgo } from './time-ago.ts'

test('only the rows in sight are drawn, and a few on either side', () => {
  assert.deepEqual(rowWindow(10_000, 0, 440, 44), { first: 0, end: 18 })
  assert.deepEqual(rowWindow(10_000, 44_000, 440, 44), { first: 992, end: 1018 })
  assert.deepEqual(rowWindow(10_000, 440_000, 440, 44), { first: 9992, end: 10_000 })
  assert.deepEqual(rowWindow(3, 0, 440, 44), { first: 0, end: 3 })
  assert.deepEqual(rowWindow(0, 0, 0, 44), { first: 0, end: 0 })
  // Scrolled far down when a filter leaves three rows.
  assert.deepEqual(rowWindow(3, 44_000, 440, 44), { first: 0, end: 3 })
})

test('rows are sorted by their text, numbers in it by value, whatever the casing', () => {
  const rows = ['web-10', 'Web-2', 'api', 'web-1']
  const textOf = (row: string) => row
  assert.deepEqual(sortRows(rows, textOf, false), ['api', 'web-1', 'Web-2', 'web-10'])
  assert.deepEqual(sortRows(rows, textOf, true), ['web-10', 'Web-2', 'web-1', 'api'])
})

test('a distance in time is said in the largest unit that fits', () => {
  const now = Date.parse('2026-03-01T12:00:00Z')
  const said = [0, 59, 60, 3599, 3600, 86_400, 172_800, -60].map((seconds) => timeAgo(now - seconds * 1000, now))
  assert.deepEqual(said, [
    'just now',
    'just now',
    '1 minute ago',
    '59 minutes ago',
    '1 hour ago',
    'yesterday',
    '2 days ago',
    'in 1 minute',
  ])
})

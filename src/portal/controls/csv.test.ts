import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCsv } from './csv.ts'

test('a cell stays a cell, and no cell becomes a formula', () => {
  const rows = [
    ['Name', 'Note'],
    ['a,b', 'say "hi"'],
    ['=HYPERLINK("x")', '-1'],
    ['two\nlines', ''],
  ]
  assert.equal(toCsv(rows), 'Name,Note\r\n"a,b","say ""hi"""\r\n"\'=HYPERLINK(""x"")",\'-1\r\n"two\nlines",\r\n')
})

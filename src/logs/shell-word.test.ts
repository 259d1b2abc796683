import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { shellWord } from './shell-word.ts'

test('a word that is copied into a shell stays that word', { skip: process.platform === 'win32' }, () => {
  for (const text of ['/subscriptions/x/resourceGroups/a-b', 'a b', '$(id)', '`id`', "it's", '"; id; "', 'a\nb', ';', '']) {
    assert.equal(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' }), text)
  }
})

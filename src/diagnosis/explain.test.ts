import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { explain, explainById, fixesFor } from './explain.ts'
import { foldText } from './fold-text.ts'
import { knownErrors } from './known-errors/index.ts'
import { matchPattern, parsePattern } from './text-pattern.ts'
import { variableKinds } from './variables.ts'

const idsIn = (text: string) => explain(text).findings.map(({ error }) => error.id)

describe('every known error', () => {
  for (const error of knownErrors) {
    test(`${error.id} is found first in each of its samples, and by a pattern of its own`, () => {
      assert.ok(error.samples.length > 0)
      for (const sample of error.samples) assert.equal(idsIn(sample)[0], error.id, sample)
    })
  }

  test('each pattern is needed: some sample, or the pattern itself with its gaps filled, matches it', () => {
    for (const { id, patterns } of knownErrors) {
      for (const source of patterns) {
        const text = source.replaceAll(/\{\w*\}/g, 'x')
        assert.ok(matchPattern(parsePattern(source), foldText(text)), `${id}: ${source}`)
        assert.ok(idsIn(text).includes(id), `${id}: ${source}`)
      }
    }
  })

  test('ids are unique and kebab-case, and there are more than sixty', () => {
    const ids = knownErrors.map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
    assert.ok(ids.length > 60, String(ids.length))
    assert.deepEqual(
      ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)),
      [],
    )
  })

  test('says who prints it, how to tell each cause, and a fix for each', () => {
    for (const { id, printedBy, causes } of knownErrors) {
      assert.ok(printedBy.length > 0, id)
      assert.ok(causes.length > 0, id)
      for (const cause of causes) {
        assert.ok(cause.howToTell.endsWith('.') && cause.cause.endsWith('.'), id)
        assert.ok(Object.values(cause.fixes).some(Boolean), id)
      }
    }
  })

  test('uses only names that have a shape and a placeholder', () => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    for (const { id, patterns, causes } of knownErrors) {
      const used = [...patterns.flatMap(names), ...causes.flatMap(({ fixes }) => Object.values(fixes).flatMap(names))]
      assert.deepEqual(
        used.filter((name) => !(name in variableKinds)),
        [],
        id,
      )
    }
  })

  test('has patterns of at least eight characters, so that no everyday word is taken for an error', () => {
    for (const { id, patterns } of knownErrors)
      for (const source of patterns) assert.ok(parsePattern(source).length >= 8, `${id}: ${source}`)
  })
})

describe('a text is recognised however it was pasted', () => {
  const failure =
    "The client 'app' with object id '33333333-3333-4333-8333-333333333333' does not have authorization to perform action 'Microsoft.Compute/virtualMachines/read' over scope '/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web-1' or the scope is invalid."
  const pasted: Readonly<Record<string, string>> = {
    'as it is': failure,
    'wrapped inside words by a terminal': failure.replaceAll(/.{37}/g, '$&\n'),
    'with colours': `\u001b[31;1m${failure.replaceAll(' ', '\u001b[0m \u001b[31m')}\u001b]8;;https://x\u0007`,
    'as JSON inside JSON': JSON.stringify(JSON.stringify({ message: failure })),
    'in HTML': failure.replaceAll("'", '&#39;'),
    'with typographic quotes': failure.replaceAll(/'([^']*)'/g, '‘$1’'),
    "in Terraform's frame": failure
      .split(' ')
      .map((word) => `│ ${word}`)
      .join('\n'),
    'in capitals': failure.toUpperCase(),
    'between lines of a log in another language': `ошибка: 錯誤 İstanbul\n${failure}\nFehler`,
  }
  for (const [how, text] of Object.entries(pasted)) {
    test(how, () => {
      const [first] = explain(text).findings
      assert.equal(first?.error.id, 'authorization-failed')
      const variables = Object.fromEntries(
        Object.entries(first?.variables ?? {}).map(([key, value]) => [key, value.toLowerCase()]),
      )
      assert.deepEqual(variables, {
        subscription: '22222222-2222-4222-8222-222222222222',
        group: 'shop',
        vm: 'web-1',
        action: 'microsoft.compute/virtualmachines/read',
        principalId: '33333333-3333-4333-8333-333333333333',
        scope:
          '/subscriptions/22222222-2222-4222-8222-222222222222/resourcegroups/shop/providers/microsoft.compute/virtualmachines/web-1',
      })
    })
  }

  test('an error that is wrapped into others comes before them', () => {
    const ids = idsIn(
      'DefaultAzureCredential failed to retrieve a token from the included credentials.\nAttempted credentials:\n\tEnvironmentCredential: EnvironmentCredential authentication unavailable. Environment variables are not fully configured.\n\tManagedIdentityCredential: ManagedIdentityCredential authentication unavailable. The requested identity has not been assigned to this resource. {"error":"invalid_request","error_description":"Identity not found"}',
    )
    assert.equal(ids[0], 'identity-not-found')
  })

  test('texts of programs that work are not taken for errors', () => {
    const working = [
      '[{"environmentName":"AzureCloud","id":"22222222-2222-4222-8222-222222222222","isDefault":true,"state":"Enabled","user":{"name":"systemAssignedIdentity","type":"servicePrincipal"}}]',
      'The managed identity for Azure resources service principal ID is 35506e5d-3138-4188-94ea-8820fdca77fb',
      'DEBUG: > GET http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com\nDEBUG: < 200 OK',
      'import { DefaultAzureCredential } from "@azure/identity"\nconst token = await new DefaultAzureCredential().getToken("https://vault.azure.net/.default")',
      'WWW-Authenticate: Basic realm=/var/opt/azcmagent/tokens/3f0c.key\nX-IDENTITY-HEADER: 853b9a84',
      'Error: Cannot find module "express"\n    at Function.Module._resolveFilename (node:internal/modules/cjs/loader:1)',
    ]
    for (const text of working) assert.deepEqual(idsIn(text), [], text)
  })

  test('an entry is shown by its id', () => {
    assert.equal(explainById('identity-not-found')?.findings[0]?.error.title, 'Identity not found')
    assert.equal(explainById('nothing'), undefined)
  })
})

test('runs in a browser: nothing of it, and of what it imports, is of Node', () => {
  const seen = new Set<string>()
  const visit = (file: URL) => {
    if (seen.has(file.href)) return
    seen.add(file.href)
    const source = readFileSync(file, 'utf8')
    assert.doesNotMatch(source, /from 'node:|\bBuffer\.|\bprocess\.\w/, file.href)
    for (const [, path = ''] of source.matchAll(/from '(\.[^']+)'/g)) visit(new URL(path, file))
  }
  visit(new URL('./index.ts', import.meta.url))
  assert.ok(seen.size > 15)
})

describe('hostile text', () => {
  test('never gets into a command: what a shell would take for more than a word stays a placeholder', () => {
    for (const evil of [
      '/subscriptions/$(reboot)',
      "/x'; rm -rf ~ #",
      '/x"`id`',
      '/a\nreboot',
      '/a|b',
      '/a&b',
      '/<a>',
      '/a\\b',
    ]) {
      const [first] = explain(
        `with object id 'x' does not have authorization to perform action 'a' over scope '${evil}' or the scope is invalid`,
      ).findings
      assert.ok(first)
      const [cause] = first.error.causes
      assert.ok(cause)
      for (const command of Object.values(fixesFor(first, cause.fixes)))
        assert.doesNotMatch(String(command), /\$\(|rm -rf|`id`|a\||a&b|<a>|\n/)
    }
  })

  const megabyte = 1_000_000
  const texts: Readonly<Record<string, string>> = {
    empty: '',
    'a megabyte of one letter': 'a'.repeat(megabyte),
    'a megabyte of quotes and backslashes': '\\"\''.repeat(megabyte / 3),
    'a megabyte of unfinished escape sequences': '\u001b[0;'.repeat(megabyte / 4),
    'a megabyte of entities without an end': '&amp'.repeat(megabyte / 4),
    'every byte': String.fromCharCode(...Array.from({ length: 65_536 }, (_, code) => code)),
    'halves of surrogates': '\ud800'.repeat(1000) + '\udc00'.repeat(1000),
    'another language': 'Не удалось установить соединение с сервером 無法連線'.repeat(1000),
  }
  for (const [name, text] of Object.entries(texts)) {
    test(`${name} is unknown, and nothing breaks`, () => assert.deepEqual(explain(text), { findings: [], isCut: false }))
  }

  test('an error at the end of ten megabytes is found, and it is said that the middle was not looked at', () => {
    const { findings, isCut } = explain(`${'x '.repeat(5_000_000)}"error_description":"Identity not found"`)
    assert.deepEqual([findings[0]?.error.id, isCut], ['identity-not-found', true])
  })

  test('each pattern looks at each character a bounded number of times, whatever the text', () => {
    for (const { id, patterns } of knownErrors) {
      for (const source of patterns) {
        const pattern = parsePattern(source)
        // The beginning over and over, then each piece over and over: what makes a backtracking matcher start again.
        for (const text of [
          pattern.pieces.slice(0, -1).join('').repeat(2000),
          pattern.pieces.map((piece) => piece.repeat(700)).join(''),
        ]) {
          let looked = 0
          const counted = {
            indexOf: (piece: string, from: number) => {
              const at = text.indexOf(piece, from)
              looked += (at < 0 ? text.length : at + piece.length) - from
              return at
            },
          }
          matchPattern(pattern, { text, lower: counted as unknown as string, isCut: false })
          assert.ok(
            looked <= (text.length + 1) * (pattern.pieces.length + 1) * 3,
            `${id}: ${source}: ${looked} of ${text.length}`,
          )
        }
      }
    }
  })

  test('a pattern whose end would be a guess is refused', () => {
    for (const source of ['{scope} is wrong', 'wrong scope {scope}', 'a {scope}{action} b'])
      assert.throws(() => parsePattern(source))
  })
})

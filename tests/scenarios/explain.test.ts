import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { describe, test } from 'node:test'
import type { CommandIo } from '../../src/cli/command-io.ts'
import { createProgram } from '../../src/cli/program.ts'
import { runProgram } from '../../src/cli/run-program.ts'
import { knownErrors } from '../../src/diagnosis/index.ts'

/** `lanyard explain`. @param input what is piped in; a terminal when left out */
async function explain(words: readonly string[], input?: string | Buffer) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const [out, err] = [stdout.toArray(), stderr.toArray()]
  const stdin = Object.assign(new PassThrough(), { isTTY: input === undefined })
  stdin.end(input)
  let code = 0
  const io = { stdin, stdout, stderr, env: {}, setExitCode: (value: number) => (code = value) } as unknown as CommandIo
  await runProgram(io, ['explain', ...words])
  stdout.end()
  stderr.end()
  return { code, out: (await out).join(''), err: (await err).join('') }
}

const seed = {
  powershell: 'Invoke-WebRequest : Unable to connect to the remote server',
  cli: "MSI: Failed to retrieve a token from 'http://localhost:50342/oauth2/token' with an error of 'HTTPConnectionPool(host='localhost', port=50342)",
}

describe("the two errors of the sign-in article's error guidance", () => {
  for (const [client, text] of Object.entries(seed)) {
    test(`that of ${client} leads to the identity and to the extension, with commands for az, PowerShell, portal and Lanyard`, async () => {
      const { code, out } = await explain([text])
      assert.equal(code, 0)
      assert.match(out, /^1\. The machine's identity is off\.$/m)
      assert.match(out, /managed-identity\s+extension\s+is\s+not\s+deployed/)
      for (const line of [
        /^ {3}az {10}az vm identity assign -g RESOURCE-GROUP -n VM-NAME$/m,
        /^ {3}PowerShell {2}\$vm = Get-AzVM/m,
        /^ {3}Portal {6}Virtual machine > Security > Identity/m,
        /^ {3}Lanyard {5}lanyard vm identity assign/m,
        /az vm extension set .* --publisher Microsoft\.ManagedIdentity/,
      ])
        assert.match(out, line)
    })
  }
})

test('prose fits 80 columns; only what is to be copied may be longer', async () => {
  for (const text of [
    ...Object.values(seed),
    'No access was configured for the VM, hence no subscriptions were found',
    'AADSTS700213',
  ]) {
    const { out } = await explain(['--all', text])
    for (const line of out.split('\n'))
      assert.ok(line.length <= 80 || /^ {3}(?:az|PowerShell|Lanyard) {2,}|^ {15}\S/.test(line), line)
  }
})

describe('where the text comes from', () => {
  test('a dash reads the standard input, and so does no argument when something is piped in', async () => {
    const log = 'INFO start\n{"error":"invalid_request","error_description":"Identity not found"}\nINFO end\n'
    for (const words of [['-'], []]) {
      const { code, out } = await explain(words, log)
      assert.equal(code, 0)
      assert.match(out, /^Identity not found\n/)
    }
  })

  test('words need no quotes, and the name of an entry is enough', async () => {
    assert.match((await explain('Identity not found'.split(' '))).out, /^Identity not found\n/)
    assert.match((await explain(['identity-not-found'])).out, /^Identity not found\n/)
  })

  test('UTF-16, as Windows PowerShell redirects', async () => {
    const text = Buffer.from(`\ufeff${seed.powershell}`, 'utf16le')
    const swapped = Buffer.from(text).swap16()
    for (const bytes of [text, swapped]) assert.match((await explain(['-'], bytes)).out, /^Invoke-WebRequest/)
  })

  test('no text at a terminal is wrong usage', async () => {
    const { code, err } = await explain([])
    assert.equal(code, 2)
    assert.match(err, /pipe it in/)
  })
})

describe('what is not known', () => {
  const unknown: Readonly<Record<string, string | Buffer>> = {
    'an empty text': '',
    'an everyday text': 'Hello, World',
    'another language': '네트워크에 연결할 수 없습니다. '.repeat(1000),
    'a megabyte of bytes': randomBytes(1_000_000),
    'a megabyte of zeros': Buffer.alloc(1_000_000),
  }
  for (const [what, text] of Object.entries(unknown)) {
    test(`${what} is said to be unknown, and doctor is offered`, async () => {
      const { code, out } = await explain(['-'], text)
      assert.equal(code, 3)
      assert.match(out, /^This text is not known\./)
      assert.match(out, /lanyard run -- lanyard\s+doctor/)
      const told = await explain(['-o', 'json', '-'], text)
      assert.deepEqual([told.code, JSON.parse(told.out)], [3, { known: false, cut: false, findings: [] }])
    })
  }

  test('an error at the end of twenty megabytes is found, and what was not looked at is said', async () => {
    const { code, out } = await explain(
      ['-'],
      Buffer.concat([Buffer.alloc(20_000_000, 'log line\n'), Buffer.from('AADSTS700016')]),
    )
    assert.equal(code, 0)
    assert.match(out, /^AADSTS700016/)
    assert.match(out, /not its\s+middle\.\n$/)
  })
})

test('the result for tools has what was read out of the text, in the commands too', async () => {
  const text =
    "The client 'a' with object id '33333333-3333-4333-8333-333333333333' does not have authorization to perform action 'Microsoft.Compute/virtualMachines/read' over scope '/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/shop' or the scope is invalid."
  const { out } = await explain(['-o', 'json', text])
  const [finding] = (
    JSON.parse(out) as { findings: { id: string; variables: Record<string, string>; causes: { fixes: { az: string } }[] }[] }
  ).findings
  assert.equal(finding?.id, 'authorization-failed')
  assert.equal(finding.variables['group'], 'shop')
  assert.equal(
    finding.causes[0]?.fixes.az,
    'az role assignment create --assignee-object-id 33333333-3333-4333-8333-333333333333 --assignee-principal-type ServicePrincipal --role "Reader" --scope "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/shop"',
  )
  assert.equal((await explain(['--query', 'findings[0].id', '-o', 'tsv', text])).out, 'authorization-failed\n')
})

test('what a fix says to type for Lanyard are commands and options that there are', async () => {
  const program = await createProgram({} as CommandIo, 'all')
  const wrong: string[] = []
  for (const { id, causes } of knownErrors) {
    for (const line of causes.flatMap(({ fixes }) => fixes.lanyard?.split('\n') ?? [])) {
      const typed = line.replace(/\s+#.*$/, '').replace(/ -- .*$/, '')
      const [, words] = /(?:^|[($] ?|&& )lanyard (.*)$/.exec(typed) ?? []
      if (words === undefined) continue
      let command = program
      for (const word of words.split(' ')) {
        const member = command.commands.find((each) => each.name() === word)
        if (!member) break
        command = member
      }
      if (command === program) wrong.push(`${id}: ${line}`)
      for (const [option] of words.matchAll(/(?<= )--?[a-z][a-z-]*/g)) {
        if (!command.options.some(({ long, short }) => long === option || short === option))
          wrong.push(`${id}: ${option} of ${line}`)
      }
    }
  }
  assert.deepEqual(wrong, [])
})

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { after, before, describe, test } from 'node:test'
import type { Command } from 'commander'
import type { CommandIo } from '../../../src/cli/command-io.ts'
import { createProgram } from '../../../src/cli/program.ts'
import { startClient, type Client } from '../../support/start-client.ts'

let client: Client
before(async () => (client = await startClient()))
after(() => client.close())

const silent = { stdout: new PassThrough().resume(), stderr: new PassThrough().resume(), env: {} } as unknown as CommandIo
const program = await createProgram(silent, 'all')
const leaves = (command: Command, words: readonly string[]): string[][] =>
  command.commands.length === 0 ? [[...words]] : command.commands.flatMap((child) => leaves(child, [...words, child.name()]))

describe('--help', () => {
  for (const words of leaves(program, [])) {
    test(`of ${words.join(' ')} has examples, each of which is understood`, async () => {
      const { code, out, err } = await client.lanyard(...words, '--help')
      assert.deepEqual([code, err], [0, ''])
      const examples = /\nExamples:\n((?: {2}.+\n?)+)/.exec(out)?.[1]?.trim().split('\n') ?? []
      assert.ok(examples.length > 0, out)
      for (const example of examples) await understood(example.trim(), words)
    })
  }

  test('of the program names every noun and the exit codes', async () => {
    const { out } = await client.lanyard('--help')
    for (const { name } of program.commands.map((command) => ({ name: command.name() })))
      assert.match(out, new RegExp(`^  ${name} `, 'm'))
    assert.match(out, /Exit codes: 0 success, 1 failure, 2 wrong usage, 3 the resource was not found/)
  })
})

/** The example begins with the command itself, and every option in it is one that the command has. */
async function understood(example: string, words: readonly string[]): Promise<void> {
  const call = /lanyard ([^)#>]*)/.exec(example)?.[1]?.trim() ?? ''
  const typed = call.split(' -- ')[0]?.split(/\s+/) ?? []
  let command = program
  for (const word of words) command = command.commands.find((child) => child.name() === word) ?? command
  if (typed[0] !== words[0])
    return assert.ok(
      program.commands.some((child) => child.name() === typed[0]),
      example,
    )
  assert.deepEqual(typed.slice(0, words.length), words, example)
  const known = new Set(command.options.flatMap(({ short, long }) => [short, long]))
  for (const word of typed.filter((one) => one.startsWith('-'))) assert.ok(known.has(word), `${example}: ${word}`)
}

describe('completion', () => {
  const questions = [
    ['lanyard vm identity ', ['assign', 'remove', 'show']],
    ['lanyard role assignment cr', ['create']],
    ['lanyard vm show --resource-g', ['--resource-group']],
    ['lanyard acc', ['account']],
  ] as const
  const isInstalled = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0

  async function scriptFor(shell: string): Promise<string> {
    const file = path.join(client.folder, `completion.${shell}`)
    writeFileSync(file, `${await client.get(`completion ${shell}`)}\n`)
    return file
  }

  for (const [line, expected] of questions) {
    test(`bash: ${line}`, { skip: !isInstalled('bash') }, async () => {
      const words = line.split(' ')
      const script = `source '${await scriptFor('bash')}'; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _lanyard; printf '%s\\n' "\${COMPREPLY[@]}"`
      const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' })
      for (const word of expected) assert.ok(stdout.split('\n').includes(word), stdout + stderr)
      if (!line.endsWith(' ')) assert.equal(stdout.trim(), expected.join('\n'), stderr)
    })

    test(`fish: ${line}`, { skip: !isInstalled('fish') }, async () => {
      const script = `source '${await scriptFor('fish')}'; complete -C '${line}'`
      const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8', cwd: client.folder })
      for (const word of expected) assert.ok(stdout.split('\n').includes(word), stdout + stderr)
    })
  }

  test("bash: another noun's verbs are not offered", { skip: !isInstalled('bash') }, async () => {
    const script = `source '${await scriptFor('bash')}'; COMP_WORDS=(lanyard vm identity ''); COMP_CWORD=3; _lanyard; printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout } = spawnSync('bash', ['-c', script], { encoding: 'utf8' })
    assert.ok(!stdout.split('\n').includes('create'), stdout)
  })

  test('zsh reads the script', { skip: !isInstalled('zsh') }, async () => {
    const { status, stderr } = spawnSync('zsh', ['-f', '-c', `source '${await scriptFor('zsh')}' && whence -w _lanyard`], {
      encoding: 'utf8',
    })
    assert.equal(status, 0, stderr)
  })
})

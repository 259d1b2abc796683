// What `lanyard run` and `lanyard connect` cost a program: token requests through each against the endpoint itself, and a command
// that does nothing. The load comes from a program inside, over connections kept open, of which every request goes its own way.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { millisecondsOf, outputOf } from './command.ts'
import type { Figure } from './figure.ts'
import { rounds } from './rounds.ts'
import { startServer } from './server-process.ts'

const lanyard = new URL('../bin/lanyard', import.meta.url).pathname
const asking = new URL('asking.ts', import.meta.url).pathname

export async function connect(): Promise<readonly Figure[]> {
  const data = mkdtempSync(path.join(tmpdir(), 'lanyard-bench-'))
  const platform = await startServer<{ metadataUrl: string }>('standing-platform.ts', { data })
  const within = (...words: readonly string[]) => [process.execPath, lanyard, ...words]
  const ask = (words: readonly string[], ...address: readonly string[]) =>
    Number(outputOf([...words, process.execPath, asking, ...address]))
  const inRun = within('run', '-q', '--data', data, '--')
  const inConnect = within('connect', 'web-1', '-q', '--data', data, '--')
  try {
    const asked = await rounds(7, [
      { name: 'direct, microseconds', measure: () => ask([], platform.facts.metadataUrl) },
      { name: 'through run', measure: () => ask(inRun) },
      { name: 'through connect', measure: () => ask(inConnect, 'http://169.254.169.254') },
    ])
    const [direct = NaN, run = NaN, connected = NaN] = asked.values()
    const started = await rounds(15, [
      { name: 'connect -- true, ms', measure: () => millisecondsOf([...inConnect, 'true']) },
      { name: 'true, ms', measure: () => millisecondsOf(['true']) },
    ])
    const [taken = NaN, bare = NaN] = started.values()
    const method = 'medians of 7 rounds of 2000 token requests, one after another over one connection, platform already up'
    const figure = (what: string, ratio: number): Figure => ({
      what,
      method,
      rates: asked,
      ratio,
      target: 'at most 1.5 of a direct request',
      met: ratio <= 1.5,
    })
    return [
      figure('a token request through run', run / direct),
      figure('a token request through connect', connected / direct),
      {
        what: 'a command in namespaces of its own',
        method: 'medians of 15 runs each, in turn, platform already up; the ratio is what it adds to `true`, of 150 ms',
        rates: started,
        ratio: (taken - bare) / 150,
        target: 'at most 1',
        met: taken - bare <= 150,
      },
    ]
  } finally {
    await platform.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

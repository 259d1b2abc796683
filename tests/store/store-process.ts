// Run as a process of its own: holds the store of argv[2]. With `write` it inserts principals without end and prints the
// number of each once the store has acknowledged it; with `hold` it prints `open` and waits to be killed.
import { randomUUID } from 'node:crypto'
import { openSqliteStore } from '../../src/store/open-sqlite-store.ts'
import { samplePrincipal } from './samples.ts'

const [, , path = '', task = 'hold'] = process.argv
try {
  const store = await openSqliteStore({ path, newGuid: randomUUID })
  if (task === 'hold') {
    process.stdout.write('open\n')
    setInterval(() => {}, 1000)
  }
  const numbers = task === 'write' ? naturals() : []
  for (const number of numbers) {
    await store.transaction(({ directory }) => directory.insertServicePrincipal(samplePrincipal(number)))
    // A synchronous write: what was printed was acknowledged, whenever the process is killed.
    process.stdout.write(`${number}\n`)
    await new Promise(setImmediate)
  }
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.name : 'unknown'}\n`)
  process.exitCode = 1
}

/** 0, 1, 2, … without end: the process is killed from outside. */
function* naturals(): Generator<number> {
  for (let number = 0; ; number++) yield number
}

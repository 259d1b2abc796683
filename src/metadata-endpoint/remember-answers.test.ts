import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { rememberAnswers } from './remember-answers.ts'

const origin = { machineId: '/vm/one', baseUrl: 'http://169.254.169.254' }
const request = (url: string, headers: Record<string, string> = { metadata: 'true' }) =>
  ({ method: 'GET', url, headers }) as unknown as IncomingMessage

/** Answers with a number that grows with every answer that is made anew. */
function createAnswerer(status = 200) {
  const time = { now: 1_000_000, revision: 0, made: 0 }
  const answer = rememberAnswers(
    async () => ({ status, body: String(++time.made) }),
    () => time.now,
    () => time.revision,
  )
  return { time, bodyOf: async (...parameters: Parameters<typeof answer>) => (await answer(...parameters)).body }
}

test('the same request is answered again within its second', async () => {
  const { bodyOf, time } = createAnswerer()
  assert.equal(await bodyOf(request('/a'), origin), '1')
  time.now += 999
  assert.equal(await bodyOf(request('/a'), origin), '1')
  time.now += 1
  assert.equal(await bodyOf(request('/a'), origin), '2')
})

test('after a write the answer is made anew, at once', async () => {
  const { bodyOf, time } = createAnswerer()
  await bodyOf(request('/a'), origin)
  time.revision++
  assert.equal(await bodyOf(request('/a'), origin), '2')
})

test('an answer that was under way when something was written is not kept', async () => {
  const { bodyOf, time } = createAnswerer()
  const underWay = bodyOf(request('/a'), origin)
  time.revision++
  assert.equal(await underWay, '1')
  assert.equal(await bodyOf(request('/a'), origin), '2')
})

test('another machine, another address, a request without its header: never the same answer', async () => {
  const { bodyOf } = createAnswerer()
  await bodyOf(request('/a'), origin)
  assert.equal(await bodyOf(request('/a'), { ...origin, machineId: '/vm/two' }), '2')
  assert.equal(await bodyOf(request('/a?b'), origin), '3')
  assert.equal(await bodyOf(request('/a', {}), origin), '4')
  assert.equal(await bodyOf(request('/a', { metadata: 'true', 'x-forwarded-for': '10.0.0.1' }), origin), '5')
})

test('a refusal is not kept', async () => {
  const { bodyOf } = createAnswerer(400)
  assert.equal(await bodyOf(request('/a'), origin), '1')
  assert.equal(await bodyOf(request('/a'), origin), '2')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTextExplainer, type ExplainedText, type TextToExplain } from './text-explainer.ts'

function startExplainer() {
  const asked: TextToExplain[] = []
  const told: ExplainedText[] = []
  let answer: (explained: ExplainedText) => void = () => assert.fail('The worker was not started.')
  const explainer = createTextExplainer(
    (onAnswer) => {
      answer = onAnswer
      return { postMessage: (message) => void asked.push(message), terminate: () => undefined }
    },
    (explained) => void told.push(explained),
  )
  const reply = () => answer({ question: asked.at(-1)?.question ?? 0, findings: [], isCut: false })
  return { explainer, asked, told, reply }
}

test('the texts of a person who types are not all explained, but the last one is', () => {
  const { explainer, asked, told, reply } = startExplainer()
  for (const text of ['A', 'AA', 'AAD']) explainer.explain(text)
  assert.deepEqual(
    asked.map(({ text }) => text),
    ['A'],
  )
  reply()
  assert.deepEqual(told, [], 'the answer to a text that is no longer there')
  assert.deepEqual(
    asked.map(({ text }) => text),
    ['A', 'AAD'],
  )
  reply()
  assert.deepEqual(
    told.map(({ question }) => question),
    [2],
  )
  explainer.explain('next')
  reply()
  assert.equal(told.length, 2)
})

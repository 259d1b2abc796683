import { explain } from '../../../diagnosis/explain.ts'
import type { ExplainedText, TextToExplain } from './text-explainer.ts'

/** A thread of its own: folding megabytes takes longer than a page may stand still. */
addEventListener('message', ({ data }: MessageEvent<TextToExplain>) => {
  const { findings, isCut } = explain(data.text)
  const answer: ExplainedText = {
    question: data.question,
    findings: findings.map(({ error, variables }) => ({ id: error.id, variables })),
    isCut,
  }
  postMessage(answer)
})

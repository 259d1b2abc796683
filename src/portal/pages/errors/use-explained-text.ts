import { useEffect, useRef, useState } from 'react'
import { createTextExplainer, type ExplainedText, type TextExplainer } from './text-explainer.ts'

/** Milliseconds without a letter before a text is looked at. */
const pause = 150

/** What is known of the latest text; undefined before there is one. `isWaiting` while the answer is on its way. */
export interface ExplainedState {
  readonly answer: ExplainedText | undefined
  readonly isWaiting: boolean
}

/** Explains texts in a thread of their own. @returns what is known, and a function that takes the next text */
export function useExplainedText(): readonly [state: ExplainedState, explain: (text: string) => void] {
  const [state, setState] = useState<ExplainedState>({ answer: undefined, isWaiting: false })
  const explainer = useRef<TextExplainer | undefined>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      explainer.current?.close()
      explainer.current = undefined
    },
    [],
  )
  const explain = (text: string) => {
    clearTimeout(timer.current)
    if (text.trim() === '') {
      setState({ answer: undefined, isWaiting: false })
      explainer.current?.close()
      explainer.current = undefined
      return
    }
    setState(({ answer }) => ({ answer, isWaiting: true }))
    timer.current = setTimeout(() => {
      explainer.current ??= createTextExplainer(startWorker, (answer) => setState({ answer, isWaiting: false }))
      explainer.current.explain(text)
    }, pause)
  }
  return [state, explain]
}

function startWorker(onAnswer: (answer: ExplainedText) => void): Worker {
  const worker = new Worker(new URL('explain-worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<ExplainedText>) => onAnswer(data))
  return worker
}

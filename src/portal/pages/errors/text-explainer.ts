import type { Variables } from '../../../diagnosis/variables.ts'

/** What the worker is asked. */
export interface TextToExplain {
  readonly question: number
  readonly text: string
}

/** What it answers: ids of known errors, the best first, with what was read out of the text. */
export interface ExplainedText {
  readonly question: number
  readonly findings: readonly { readonly id: string; readonly variables: Variables }[]
  readonly isCut: boolean
}

/** What of a `Worker` is used. */
export interface ExplainingWorker {
  postMessage(message: TextToExplain): void
  terminate(): void
}

/** Explains the latest text. */
export interface TextExplainer {
  /** Drops what was asked before, if it has not begun. */
  explain(text: string): void
  close(): void
}

/**
 * Asks a worker one text at a time. Of the texts that come while it is busy only the last is asked, and an answer to a text that is no
 * longer there is not told.
 * @param start starts the worker; its messages go to the function that it is given
 * @param tell is told what is known of the latest text
 */
export function createTextExplainer(
  start: (onAnswer: (answer: ExplainedText) => void) => ExplainingWorker,
  tell: (answer: ExplainedText) => void,
): TextExplainer {
  let asked = 0
  let isBusy = false
  let waiting: string | undefined
  const worker = start((answer) => {
    isBusy = false
    if (waiting !== undefined) ask(waiting)
    else if (answer.question === asked) tell(answer)
  })

  function ask(text: string): void {
    waiting = undefined
    isBusy = true
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
    worker.postMessage({ question: ++asked, text })
  }

  return {
    explain(text) {
      if (isBusy) waiting = text
      else ask(text)
    },
    close: () => worker.terminate(),
  }
}

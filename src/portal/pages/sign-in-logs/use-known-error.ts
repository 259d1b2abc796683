import { useEffect, useState } from 'react'
import type { KnownError } from '../../../diagnosis/known-error.ts'

interface Found {
  readonly text: string
  readonly error: KnownError | undefined
}

/** The known error that says most of a text; undefined while it is looked for, and for a text that is unknown. */
export function useKnownError(text: string): KnownError | undefined {
  const [found, setFound] = useState<Found | undefined>(undefined)
  useEffect(() => {
    let isWanted = true
    const look = async () => {
      // The data weighs as much as the rest of the page, and is needed for failures alone.
      const { explain } = await import('../../../diagnosis/explain.ts')
      if (isWanted) setFound({ text, error: explain(text).findings[0]?.error })
    }
    void look()
    return () => {
      isWanted = false
    }
  }, [text])
  return found?.text === text ? found.error : undefined
}

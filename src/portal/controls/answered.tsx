import type { ReactNode } from 'react'
import { ApiError } from '../../api-client/errors.ts'
import type { Answer } from '../api/live-cache.ts'
import { ErrorBar } from './error-bar.tsx'
import { Loading } from './loading.tsx'

interface AnsweredProps<T> {
  readonly answer: Answer<T>
  /** What is waited for: `Loading virtual machines`. */
  readonly loading: string
  readonly children: (data: T) => ReactNode
}

/**
 * Shows an answer when it is there; what is being waited for before; and a failure above what was known before it, unless that is gone
 * or no longer for this user.
 */
export function Answered<T>({ answer: { data, error, isLoading }, loading, children }: AnsweredProps<T>) {
  return (
    <>
      {error !== undefined && <ErrorBar error={error} />}
      {data !== undefined && !isGone(error) && children(data)}
      {data === undefined && isLoading && <Loading text={loading} />}
    </>
  )
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 403 || error.status === 404)
}

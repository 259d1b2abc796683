import { useCallback, useSyncExternalStore } from 'react'
import { usePortal } from '../portal-context.ts'
import type { Answer, Follows } from './live-cache.ts'
import type { Platform } from './platform.ts'

/**
 * An answer of the platform, asked for when a component first looks at it, and again whenever what it follows has changed.
 * @param key says the whole question: the same key is asked once for all who look. Undefined asks nothing yet.
 * @param follows the counters that the answer depends on
 */
export function useQuery<T>(
  key: string | undefined,
  load: (platform: Platform) => Promise<T>,
  follows: readonly Follows[] = ['revision'],
): Answer<T> {
  const { cache, platform } = usePortal()
  const subscribe = useCallback(
    (listener: () => void) =>
      key === undefined ? () => undefined : cache.watch(key, async () => load(platform), follows, listener),
    // The key says the whole question, so another function of the same key asks the same.
    // oxlint-disable-next-line react/exhaustive-deps, react/memo-dependencies
    [cache, key, platform],
  )
  return useSyncExternalStore(subscribe, () => cache.read<T>(key ?? ''))
}

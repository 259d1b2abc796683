import { useMemo, useSyncExternalStore } from 'react'
import { parseRoute, type Route } from './route.ts'

/** What the address names now. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash)
  return useMemo(() => parseRoute(hash), [hash])
}

/**
 * Shows another page before it returns, so that nothing is asked any more for the one that is left; `replace` where going back should
 * not lead here, as after each letter of a filter.
 */
export function goTo(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', path)
  else history.replaceState(null, '', path)
  dispatchEvent(new HashChangeEvent('hashchange'))
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

import { isLoopback } from './route.ts'

/**
 * Which proxy of the user's own leads to an address; '' when none does. `HTTPS_PROXY`, `NO_PROXY` and their kin speak through it.
 * @param url `http://host[:port]/…` or `https://host[:port]`
 */
export type ProxyForUrl = (url: string) => string

/** What the user set as a proxy cannot be used. */
export class UnusableProxyError extends Error {}

/**
 * The proxy that a request to `url` takes. Loopback is always reached directly.
 * @throws UnusableProxyError, with a sentence that does not repeat the proxy's password
 */
export function upstreamProxy(url: string, proxyForUrl: ProxyForUrl): URL | undefined {
  const authority = /^\w+:\/\/([^/?#]*)/.exec(url)?.[1] ?? ''
  const named = isLoopback(authority) ? '' : proxyForUrl(url)
  if (named === '') return undefined
  const proxy = URL.parse(named)
  if (!proxy)
    throw new UnusableProxyError('The proxy variable of your environment does not hold an address. Write http://host:port.')
  if (/^https?:$/.test(proxy.protocol)) return proxy
  throw new UnusableProxyError(
    `Lanyard can go through an http:// or https:// proxy, not through ${proxy.protocol}//${proxy.host}.`,
  )
}

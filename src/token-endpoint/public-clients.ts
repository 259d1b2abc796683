import { isLoopback } from './discovery.ts'

/** An application that cannot keep a secret: it proves itself by where its answers go and by PKCE (RFC 7636). */
export interface PublicClient {
  readonly clientId: string
  readonly displayName: string
  /**
   * `portal`: the page that this platform serves, by its exact address. `loopback`: a program on this machine, which listens on
   * whichever port is free (RFC 8252 7.3).
   */
  readonly redirects: 'portal' | 'loopback'
  /**
   * Whether each refresh token is good once. Not for command lines: several of them at once share one from a file, and a second use is
   * no sign of a thief.
   */
  readonly rotates: boolean
}

/** Microsoft's own, by the ids that their clients send. The portal is called ours, so that nobody gives it a password of Azure. */
const publicClients: readonly PublicClient[] = [
  { clientId: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c', displayName: 'Lanyard portal', redirects: 'portal', rotates: true },
  { clientId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46', displayName: 'Microsoft Azure CLI', redirects: 'loopback', rotates: false },
  {
    clientId: '1950a258-227b-4e31-a9cf-717495945fc2',
    displayName: 'Microsoft Azure PowerShell',
    redirects: 'loopback',
    rotates: false,
  },
]

/** The public client of that id, in any casing; undefined when there is none. */
export function findPublicClient(clientId: string): PublicClient | undefined {
  const key = clientId.toLowerCase()
  return publicClients.find((client) => client.clientId === key)
}

/**
 * Whether answers to `client` may go to `uri`.
 * @param portalOrigins where the portal is being served, for instance `http://127.0.0.1:8480`; its address is the origin and a slash
 */
export function isRedirectUriOf(client: PublicClient, uri: string, portalOrigins: readonly string[]): boolean {
  if (client.redirects === 'portal') return isPortal(uri, portalOrigins)
  const url = URL.parse(uri)
  if (url?.protocol !== 'http:' || url.username !== '' || url.password !== '' || url.hash !== '') return false
  // What is parsed must be what was written: a browser would follow what is written.
  return isLoopback(url.hostname) && uri.toLowerCase().startsWith(`http://${url.host}`)
}

/** Whether `uri` is the portal's own address: where a sign-out may lead to. */
export function isPortal(uri: string, portalOrigins: readonly string[]): boolean {
  return portalOrigins.some((origin) => uri === `${origin}/`)
}

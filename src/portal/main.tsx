import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { config } from 'zod/mini'
import { createTransport } from '../api-client/transport.ts'
import { followChanges } from './api/follow-changes.ts'
import { LiveCache } from './api/live-cache.ts'
import { createPlatform } from './api/platform.ts'
import { createSignInSession } from './auth/sign-in-session.ts'
import { PortalContext } from './portal-context.ts'
import { App } from './shell/app.tsx'
import { showSignInFailure } from './shell/sign-in-failure.ts'

// The content security policy lets nothing be compiled from text, which zod would try.
config({ jitless: true })

const meta = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)
const tenant = meta('lanyard-tenant')?.content ?? ''
// Browsers hide a nonce from the attribute; a meta tag's content stays.
const nonce = meta('lanyard-nonce')?.content || undefined
const element = document.querySelector('#portal')
if (!element) throw new Error('The page has no place for the portal.')

const sleep = async (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
const clock = () => Date.now()
const transport = createTransport({ fetch: async (url, init) => fetch(url, init), sleep, clock })
const session = createSignInSession({
  origin: location.origin,
  // While the portal is being developed it is served by another than the platform, which sends the browser back to itself.
  redirectUri: (import.meta.env.DEV && meta('lanyard-redirect-uri')?.content) || `${location.origin}/`,
  tenant,
  transport,
  storage: sessionStorage,
  random: (bytes) => crypto.getRandomValues(bytes),
  clock,
  goTo: (url) => location.assign(url),
  currentHash: () => location.hash,
})

async function whenVisible(): Promise<void> {
  if (document.visibilityState === 'visible') return
  await new Promise<void>((resolve) => document.addEventListener('visibilitychange', () => resolve(), { once: true }))
  return whenVisible()
}

try {
  const { search } = location
  const started = await session.start(search)
  if (started !== 'leaving') {
    // The code and the state of the sign-in leave the address, and the page that was left comes back.
    if (search !== '') history.replaceState(null, '', `/${started.returnTo ?? location.hash}`)
    const platform = createPlatform(location.origin, transport, session.tokens, sleep)
    const cache = new LiveCache()
    void followChanges({ arm: platform.arm, cache, sleep, whenVisible, signal: new AbortController().signal })
    createRoot(element).render(
      <StrictMode>
        <PortalContext value={{ tenant, session, platform, cache }}>
          <App nonce={nonce} />
        </PortalContext>
      </StrictMode>,
    )
  }
} catch (error) {
  history.replaceState(null, '', `/${location.hash}`)
  showSignInFailure(element, error, () => void session.signIn())
}

import type { BrowserContext } from 'playwright-core'

/** What the pages of a visit did that they must not. */
export interface PageWatch {
  /**
   * A refusal that the test brings about: a browser reports any answer of 400 and above on the console, and that alone is let pass.
   * @param statuses of the answers
   */
  expectRefusal(...statuses: readonly number[]): void
  /** What the test brings about on purpose besides, by its text. */
  expectText(...texts: readonly RegExp[]): void
  wrongs(): readonly string[]
}

const jwtPart = 'eyJ'

/**
 * Watches every page of a context: no message of the console above information, no script that fails, nothing that the content
 * security policy stops, no request to another host, no token in an address.
 */
export async function watchPage(context: BrowserContext): Promise<PageWatch> {
  const expected = new Set<number>()
  const expectedTexts: RegExp[] = []
  const wrongs: { readonly text: string; readonly status: number | undefined }[] = []
  const wrong = (text: string, status?: number) => void wrongs.push({ text, status })
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`Stopped by the content security policy: ${violatedDirective} ${blockedURI}`)
    })
  })
  context.on('console', (message) => {
    if (!['error', 'warning', 'assert'].includes(message.type())) return
    const [, status] = /the server responded with a status of (\d+)/.exec(message.text()) ?? []
    wrong(
      `console ${message.type()}: ${message.text()} ${message.location().url}`,
      status === undefined ? undefined : Number(status),
    )
  })
  context.on('weberror', (error) => wrong(`script: ${String(error.error())}`))
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol === 'data:' || url.protocol === 'about:' || url.protocol === 'blob:') return
    if (url.hostname !== '127.0.0.1' && url.hostname !== 'localhost') wrong(`a request to another host: ${url.href}`)
    // A sign-out says by the id token which session ends (OpenID Connect RP-Initiated Logout); that token opens nothing.
    const isSignOut = url.pathname.endsWith('/oauth2/v2.0/logout')
    if (url.href.includes(jwtPart) && !isSignOut) wrong(`a token in an address: ${url.origin}${url.pathname}`)
  })
  return {
    expectRefusal: (...statuses) => statuses.forEach((status) => expected.add(status)),
    expectText: (...texts) => void expectedTexts.push(...texts),
    wrongs: () =>
      wrongs
        .filter(({ status }) => status === undefined || !expected.has(status))
        .map(({ text }) => text)
        .filter((text) => !expectedTexts.some((pattern) => pattern.test(text))),
  }
}

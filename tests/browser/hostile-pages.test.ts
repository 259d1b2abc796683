import assert from 'node:assert/strict'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before } from 'node:test'
import { browserSuite } from './support/browser-suite.ts'
import { reboundHost } from './support/chromium.ts'
import { startPortalPlatform, type PortalPlatform } from './support/portal-platform.ts'
import { signIn } from './support/sign-in.ts'

// A page of another origin in the very browser in which a user is signed in to the portal.
let platform: PortalPlatform
let server: http.Server
let foreign: string
before(async () => {
  platform = await startPortalPlatform()
  server = http.createServer((request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(
      request.url === '/frame' ? `<iframe title="portal" src="${platform.origin}/"></iframe>` : '<h1>Another page</h1>',
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  foreign = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(async () => {
  server.close()
  server.closeAllConnections()
  await platform.close()
})

browserSuite('pages of another origin', ({ visit }) => {
  visit('cannot read the portal, call what it calls, or run its files', async ({ page, watch }) => {
    watch.expectRefusal(403)
    watch.expectText(/CORS policy/, /net::ERR_/)
    await signIn(page, platform)
    const other = await page.context().newPage()
    await other.goto(foreign)
    const script = await page.locator('script[src]').first().getAttribute('src')
    const tried = await other.evaluate(
      async ({ portal, tenant, asset }) => {
        const tryTo = async (path: string, init?: RequestInit) =>
          fetch(portal + path, init).then(
            async (answer) => (answer.type === 'opaque' ? 'opaque' : `read ${answer.status}`),
            () => 'stopped',
          )
        const load = (name: 'script' | 'img', path: string) =>
          new Promise<string>((resolve) => {
            const element = document.createElement(name)
            element.src = portal + path
            element.addEventListener('load', () => resolve('loaded'))
            element.addEventListener('error', () => resolve('stopped'))
            document.body.append(element)
          })
        return {
          page: await tryTo('/'),
          subscriptions: await tryTo('/subscriptions?api-version=2022-12-01'),
          token: await tryTo(`/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'x' }) }),
          write: await tryTo('/subscriptions/x?api-version=2022-12-01', { method: 'PUT', body: '{}' }),
          script: await load('script', asset),
        }
      },
      { portal: platform.origin, tenant: platform.tenant, asset: script ?? '' },
    )
    assert.deepEqual(tried, { page: 'stopped', subscriptions: 'stopped', token: 'stopped', write: 'stopped', script: 'stopped' })
  })

  visit('cannot frame it, nor keep a hand on a window of it', async ({ page, watch }) => {
    watch.expectText(/frame-ancestors|X-Frame-Options|refused to connect|Refused to frame|Framing/i)
    await page.goto(`${foreign}/frame`)
    const frame = page.frames().find((one) => one !== page.mainFrame())
    assert.match(frame?.url() ?? '', /^chrome-error:/)
    await page.goto(foreign)
    const popup = page.waitForEvent('popup')
    await page.evaluate((portal) => {
      Object.assign(globalThis, { opened: open(portal) })
    }, platform.origin)
    await (await popup).getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
    await page.waitForFunction(() => (globalThis as unknown as { opened: { closed: boolean } }).opened.closed)
  })

  visit('a form of theirs is refused', async ({ page, watch }) => {
    watch.expectRefusal(403)
    await page.goto(foreign)
    const answer = page.waitForResponse((response) => response.url().startsWith(platform.origin))
    await page.evaluate((action) => {
      const form = document.createElement('form')
      Object.assign(form, { method: 'post', action })
      document.body.append(form)
      form.submit()
    }, `${platform.origin}/${platform.tenant}/oauth2/v2.0/token`)
    assert.equal((await answer).status(), 403)
  })

  visit('a name of theirs that leads to this machine is no name of the portal', async ({ page, watch }) => {
    watch.expectRefusal(421)
    watch.expectText(new RegExp(`another host: http://${reboundHost}:`))
    const answer = await page.goto(platform.origin.replace('127.0.0.1', reboundHost))
    assert.equal(answer?.status(), 421)
    await page.getByText('answers to no other name').waitFor()
  })
})

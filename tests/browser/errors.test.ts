import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import type { Page } from 'playwright-core'
import { browserSuite } from './support/browser-suite.ts'
import { startPortalPlatform, type PortalPlatform } from './support/portal-platform.ts'
import { go, signIn } from './support/sign-in.ts'

let platform: PortalPlatform
before(async () => (platform = await startPortalPlatform()))
after(() => platform.close())

/** The texts of the article's error guidance, and what each is known as. */
const article = [
  ['Invoke-WebRequest : Unable to connect to the remote server', /Unable to connect to the remote server/],
  [
    "MSI: Failed to retrieve a token from 'http://localhost:50342/oauth2/token' with an error of 'HTTPConnectionPool(host='localhost', port=50342)",
    /MSI: Failed to retrieve a token from 'http:\/\/localhost:50342/,
  ],
] as const
const megabyte = 1_048_576
const binary = Array.from({ length: 4096 }, (_, index) => String.fromCharCode((index * 7919) % 256)).join('')

browserSuite('the page Errors', ({ visit }) => {
  visit('explains both texts of the article, down to the commands', async ({ page }) => {
    await signIn(page, platform, '#errors')
    for (const [text, title] of article) {
      await page.getByRole('textbox', { name: 'Paste an error' }).fill('')
      await paste(page, text)
      const found = page.getByRole('button', { name: title, expanded: true })
      await found.waitFor()
      await page.getByRole('list', { name: 'Causes' }).first().getByRole('listitem').first().waitFor()
      await page.getByRole('tab', { name: 'Portal' }).first().click()
      await page
        .getByText(/Identity|Extensions/)
        .first()
        .waitFor()
    }
  })

  visit('finds the error within a megabyte, and is used on meanwhile', async ({ page }) => {
    await signIn(page, platform, '#errors')
    const line = 'DEBUG: urllib3.connectionpool: https://management.azure.com:443 "GET /subscriptions HTTP/1.1" 200 None\n'
    await paste(page, `${line.repeat(Math.ceil(megabyte / line.length))}${article[1][0]}\n`)
    // The text is looked at beside the page, which goes on answering.
    await page.getByRole('searchbox', { name: 'Search known errors' }).fill('AADSTS700016')
    await page.getByRole('table', { name: 'Known errors' }).getByRole('link').first().waitFor()
    await page.getByRole('button', { name: article[1][1], expanded: true }).waitFor()
    await page.getByText(/The last [\d,]+ characters are not shown here/).waitFor()
  })

  visit('says of what is binary, or of another language, that it is not known', async ({ page }) => {
    await signIn(page, platform, '#errors')
    for (const text of [
      binary,
      'サーバーに接続できません。もう一度お試しください。',
      'Onbekende fout: probeer het later nog eens.',
    ]) {
      await paste(page, text)
      await page.getByText('This text is not known.').waitFor()
      await page.getByRole('textbox', { name: 'Paste an error' }).fill('')
      await page.getByText('This text is not known.').waitFor({ state: 'hidden' })
    }
  })

  visit('opens a known error by the code that an address names, and says so of one that is none', async ({ page }) => {
    await signIn(page, platform, '#errors/AADSTS500011')
    await page.getByRole('heading', { level: 1, name: /AADSTS500011/ }).waitFor()
    await go(page, '#errors/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E')
    await page.getByText('No known error is called “<img src=x onerror=alert(1)>”.').waitFor()
    assert.equal(await page.locator('img[src="x"]').count(), 0)
  })
})

/** Pastes from the clipboard into the box, over what is in it. */
async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(async (copied) => navigator.clipboard.writeText(copied), text)
  await page.getByRole('textbox', { name: 'Paste an error' }).focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('ControlOrMeta+V')
}

import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { machineToken } from '../support/call-platform.ts'
import { machineId } from '../support/start-test-platform.ts'
import { browserSuite } from './support/browser-suite.ts'
import { startPortalPlatform, type PortalPlatform } from './support/portal-platform.ts'
import { shopWorld } from './support/shop-world.ts'
import { signIn } from './support/sign-in.ts'

/** How each JSON Web Token begins. */
const tokenStart = 'eyJ'

let platform: PortalPlatform
before(async () => (platform = await startPortalPlatform(shopWorld)))
after(() => platform.close())

browserSuite('tokens in the portal', ({ visit }) => {
  visit('the sign-in logs tell the claims of a token as it is asked for, and never the token', async ({ page }) => {
    await signIn(page, platform, '#sign-in-logs')
    await page.getByRole('heading', { level: 1, name: 'Sign-in logs' }).waitFor()
    const signature = (await machineToken(platform.test, 'https://vault.azure.net')).split('.')[2] ?? ''
    const row = page.getByRole('row', { name: /web-1.*Key Vault/ })
    await row.getByRole('button').first().click()
    const claims = page.getByLabel('Claims of the token')
    await claims.getByText('https://vault.azure.net', { exact: true }).waitFor()
    await claims.getByText('xms_mirid', { exact: true }).waitFor()
    const shown = await page.content()
    assert.ok(!shown.includes(tokenStart) && !shown.includes(signature))
  })

  visit('a refused request is found by its status, and leads to its reason', async ({ page }) => {
    const url = `${platform.test.metadataUrl}/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fshop.example`
    await fetch(url, { headers: { Metadata: 'true' } })
    await signIn(page, platform, '#sign-in-logs?status=failure')
    const row = page.getByRole('row', { name: /shop\.example/ })
    await row.getByRole('button').first().click()
    await page.getByRole('link', { name: 'Why was this request refused?' }).click()
    await page.getByRole('heading', { level: 1, name: 'Why was it refused?' }).waitFor()
    await page
      .getByText(/AADSTS500011/)
      .first()
      .waitFor()
  })

  visit('Connect asks the machine for one, and shows what it says without it', async ({ page }) => {
    await signIn(page, platform, `#resource${machineId}/connect`)
    await page.getByRole('button', { name: 'Request a token' }).click()
    await page.getByText('HTTP 200').waitFor()
    await page.getByLabel('Claims of the token').getByText('https://management.azure.com/', { exact: true }).waitFor()
    assert.ok(!(await page.content()).includes(tokenStart))
  })
})

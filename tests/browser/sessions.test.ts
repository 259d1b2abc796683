import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { machineId } from '../support/start-test-platform.ts'
import { browserSuite } from './support/browser-suite.ts'
import { startPortalPlatform, type PortalPlatform } from './support/portal-platform.ts'
import { fillSignIn, signIn } from './support/sign-in.ts'

let platform: PortalPlatform
before(async () => (platform = await startPortalPlatform()))
after(() => platform.close())

const identity = `#resource${machineId}/identity`
const day = 86_400_000

browserSuite('the session of a user', ({ visit }) => {
  visit('a wrong password is refused in words, and lets nobody in', async ({ page }) => {
    await page.goto(platform.origin)
    await fillSignIn(page, platform.user, 'wrong')
    await page.getByRole('alert').getByText('AADSTS50126').waitFor()
    await fillSignIn(page, platform.user, platform.password)
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor()
  })

  visit('a reload keeps it, and the address keeps nothing of the sign-in', async ({ page }) => {
    await signIn(page, platform, identity)
    await page.getByRole('switch').waitFor()
    assert.equal(page.url(), `${platform.origin}/${identity}`)
    await page.reload()
    await page.getByRole('switch').waitFor()
  })

  visit('a sign-out ends it', async ({ page }) => {
    await signIn(page, platform)
    await page.getByRole('button', { name: /^Account: / }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
    await page.goto(`${platform.origin}/${identity}`)
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
    assert.equal(await page.evaluate(() => sessionStorage.getItem('lanyard.refresh-token')), null)
  })

  visit('one that has ended leads to the sign-in, and from there back to where it was', async ({ page, watch }) => {
    watch.expectRefusal(400, 401)
    await signIn(page, platform, identity)
    await page.getByRole('switch').waitFor()
    platform.test.platform.clock.advance(100 * day)
    await fillSignIn(page, platform.user, platform.password)
    await page.getByRole('switch').waitFor()
    assert.equal(page.url(), `${platform.origin}/${identity}`)
  })
})

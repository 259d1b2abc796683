import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { browserSuite } from './support/browser-suite.ts'
import { startPortalPlatform, type PortalPlatform } from './support/portal-platform.ts'
import { shopWorld } from './support/shop-world.ts'

let platform: PortalPlatform
before(async () => (platform = await startPortalPlatform(shopWorld)))
after(() => platform.close())

/** Stops of the focus that are looked through for one. */
const mostStops = 60

browserSuite('the portal by keyboard', ({ visit }) => {
  visit('from the sign-in to the identity of a machine, and back to the menu', async ({ page }) => {
    await page.goto(platform.origin)
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
    await page.keyboard.type(platform.user)
    await page.keyboard.press('Tab')
    await page.keyboard.type(platform.password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor()

    await follow(page, page.getByRole('link', { name: 'Skip to main content' }))
    assert.equal(await isFocused(page.getByRole('main')), true)
    await follow(page, page.getByRole('link', { name: 'Virtual machines', exact: true }), 'Shift+Tab')
    await page.getByRole('link', { name: 'web-2' }).waitFor()
    // The title of a page has the focus, so that a screen reader says where one is.
    assert.equal(await isFocused(page.getByRole('heading', { level: 1 })), true)
    await follow(page, page.getByRole('link', { name: 'web-2' }))
    await follow(page, page.getByRole('navigation', { name: 'web-2' }).getByRole('link', { name: 'Identity' }))
    const status = page.getByRole('switch')
    await status.waitFor()
    await tabTo(page, status)
    await page.keyboard.press('Space')
    await tabTo(page, page.getByRole('button', { name: 'Save' }), 'Shift+Tab')
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('alertdialog').getByRole('button', { name: 'Yes' }))
    await page.keyboard.press('Enter')
    await page.getByText('Object (principal) ID').waitFor()
    assert.equal(await status.isChecked(), true)
  })

  visit('a dialog keeps the focus, and gives it back when it is closed', async ({ page }) => {
    await page.goto(`${platform.origin}/#managed-identities`)
    await page.getByLabel('User name').fill(platform.user)
    await page.getByLabel('Password').fill(platform.password)
    await page.keyboard.press('Enter')
    const create = page.getByRole('button', { name: 'Create' })
    await create.waitFor()
    await tabTo(page, create)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    for (let stop = 0; stop < 12; stop++) {
      await page.keyboard.press('Tab')
      assert.equal(await dialog.locator(':focus').count(), 1)
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await page.waitForFunction(() => document.activeElement?.textContent === 'Create')
  })
})

async function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluate((element: unknown) => element === document.activeElement)
}

/** Moves the focus until it is there. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await target.waitFor({ state: 'attached' })
  for (let stop = 0; stop < mostStops; stop++) {
    if (await isFocused(target)) return
    await page.keyboard.press(key)
  }
  assert.fail(`The focus does not come to ${String(target)}`)
}

async function follow(page: Page, link: Locator, key?: string): Promise<void> {
  await tabTo(page, link, key)
  await page.keyboard.press('Enter')
}

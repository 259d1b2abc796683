import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import type { Page } from 'playwright-core'
import { groupId } from '../support/start-test-platform.ts'
import { browserSuite } from './support/browser-suite.ts'
import { startPortalPlatform, type PortalPlatform } from './support/portal-platform.ts'
import { shopWorld } from './support/shop-world.ts'
import { go, signIn } from './support/sign-in.ts'

// From a refusal to its cause and the grant that ends it, by the links that the portal offers.
let platform: PortalPlatform
before(async () => (platform = await startPortalPlatform(shopWorld)))
after(() => platform.close())

const trial = `#resource${groupId.replace('lanyard', 'testing')}/providers/Microsoft.Compute/virtualMachines/trial-1/identity`
const ada = () => ({ origin: platform.origin, user: 'ada@lanyard.local', password: 'correct horse' })

browserSuite('a refusal in the portal', ({ visit }) => {
  visit('leads by its request id to the smallest grant; given there, the same click succeeds', async ({ page, watch }) => {
    watch.expectRefusal(403)
    await signIn(page, ada(), trial)
    await switchOn(page)
    await page.getByText('AuthorizationFailed').first().waitFor()
    const why = page.getByRole('link', { name: 'Why?' }).first()
    const requestId = (await why.getAttribute('href'))?.split('/').at(-1) ?? ''
    await page.getByText(`Request id: ${requestId}`).first().waitFor()
    await why.click()
    await page
      .getByText(/holds \(1\) allows Microsoft\.Compute\/virtualMachines\/write/)
      .first()
      .waitFor()
    await page.getByRole('listitem').filter({ hasText: 'Reader' }).first().waitFor()

    // Who may give the role follows the same id.
    const context = await page.context().browser()?.newContext()
    assert.ok(context)
    const owner = await context.newPage()
    await signIn(owner, platform, `#why/${requestId}`)
    await owner.getByRole('heading', { name: 'The smallest grant that allows it' }).waitFor()
    await owner.getByRole('button', { name: 'Assign Virtual Machine Contributor' }).click()
    await owner.getByRole('alertdialog').getByRole('button', { name: 'Assign' }).click()
    await owner.getByText('ada@lanyard.local has the role Virtual Machine Contributor').first().waitFor()
    await context.close()

    await go(page, trial)
    await switchOn(page)
    await page.getByText('Enabled the system assigned managed identity of trial-1').first().waitFor()
    await page.getByText('Object (principal) ID').waitFor()
  })

  visit(
    'of another caller is not found by one who may not read the log there, like one that never was',
    async ({ page, watch }) => {
      watch.expectRefusal(404)
      const missing = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/none`
      const { headers } = await platform.call('GET', missing)
      await signIn(page, ada(), '#why')
      for (const requestId of [String(headers['x-ms-request-id']), '00000000-0000-4000-8000-000000000000']) {
        await page.getByRole('textbox', { name: 'Request id' }).fill(requestId)
        await page.getByRole('button', { name: 'Explain' }).click()
        await page.getByText(`There is no refused request with the id “${requestId}” that you may see.`).waitFor()
        await go(page, '#why')
      }
    },
  )
})

async function switchOn(page: Page): Promise<void> {
  await page.getByRole('switch').click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Yes' }).click()
}

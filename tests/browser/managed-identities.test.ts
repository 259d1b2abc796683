import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { groupId, machineId } from '../support/start-test-platform.ts'
import { browserSuite } from './support/browser-suite.ts'
import { startPortalPlatform, type PortalPlatform } from './support/portal-platform.ts'
import { signIn } from './support/sign-in.ts'

let platform: PortalPlatform
before(async () => (platform = await startPortalPlatform()))
after(() => platform.close())

const identityId = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/orders`

browserSuite('managed identities in the portal', ({ visit }) => {
  visit('one is made, federated, attached, seen in use, and deleted', async ({ page }) => {
    await signIn(page, platform, '#managed-identities')
    await page.getByRole('toolbar', { name: 'Commands' }).getByRole('button', { name: 'Create' }).click()
    const dialog = page.getByRole('dialog', { name: 'Create user assigned managed identity' })
    await dialog.getByRole('textbox', { name: 'Name' }).fill('orders')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('table', { name: 'Managed identities' }).getByRole('link', { name: 'orders' }).click()

    const tabs = page.getByRole('navigation', { name: 'orders' })
    await tabs.getByRole('link', { name: 'Federated credentials' }).click()
    await page.getByRole('button', { name: 'Add credential' }).click()
    const add = page.getByRole('dialog', { name: 'Add federated credential' })
    await add.getByRole('combobox', { name: 'Scenario' }).selectOption('other')
    await add.getByRole('textbox', { name: 'Issuer' }).fill('https://issuer.example')
    await add.getByRole('textbox', { name: 'Subject' }).fill('repo:shop/orders')
    await add.getByRole('textbox', { name: 'Name' }).fill('workflow')
    await add.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('row', { name: /workflow.*repo:shop\/orders/ }).waitFor()
    const kept = await platform.call('GET', `${identityId}/federatedIdentityCredentials/workflow?api-version=2023-01-31`)
    assert.equal(kept.json<{ properties: { subject: string } }>().properties.subject, 'repo:shop/orders')

    await tabs.getByRole('link', { name: 'Associated resources' }).click()
    const attached = await platform.call('PATCH', machineId, {
      identity: { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [identityId]: {} } },
    })
    assert.equal(attached.status, 200, attached.text)
    await page.getByRole('row', { name: /web-1/ }).waitFor()

    await tabs.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('button', { name: 'Delete' }).click()
    const question = page.getByRole('alertdialog', { name: /Delete the managed identity/ })
    await question.getByRole('listitem').filter({ hasText: 'web-1' }).waitFor()
    await question.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('Deleted the managed identity orders').first().waitFor()
    await page
      .getByRole('table', { name: 'Managed identities' })
      .getByRole('link', { name: 'orders' })
      .waitFor({ state: 'hidden' })
  })
})

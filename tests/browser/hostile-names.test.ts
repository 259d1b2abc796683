import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { defaultSubscriptionId } from '../../src/world/default-world.ts'
import { worldSchema } from '../../src/world/world-schema.ts'
import { groupId, machineId } from '../support/start-test-platform.ts'
import { browserSuite } from './support/browser-suite.ts'
import { startPortalPlatform, type PortalPlatform } from './support/portal-platform.ts'
import { go, signIn } from './support/sign-in.ts'

const script = '<script>globalThis.wasRun=1</script>'
const image = '"><img src=x onerror="globalThis.wasRun=1">'
const vault = `${groupId}/providers/Microsoft.KeyVault/vaults/vault`

const world = worldSchema.parse({
  subscriptions: [
    {
      name: `Main ${image}`,
      id: defaultSubscriptionId,
      resourceGroups: [
        {
          name: 'lanyard',
          tags: { [script]: image },
          userAssignedIdentities: [
            { name: 'orders', federatedCredentials: [{ name: 'odd', issuer: 'https://issuer.example', subject: image }] },
          ],
          virtualMachines: [{ name: 'web-1', tags: { [script]: image, [`${image}2`]: script } }],
          resources: [{ name: 'vault', type: 'Microsoft.KeyVault/vaults', properties: { [script]: image } }],
        },
      ],
    },
  ],
  applications: [{ name: `deploy ${image}` }],
  users: [{ name: `Eve ${script}`, userPrincipalName: 'eve@lanyard.local', password: 'correct horse' }],
  roleAssignments: [
    { role: 'Owner', principal: { user: 'eve@lanyard.local' }, scope: '/' },
    { role: 'Reader', principal: { application: `deploy ${image}` }, scope: 'resourceGroups/lanyard' },
  ],
})

let platform: PortalPlatform
before(async () => (platform = await startPortalPlatform(world)))
after(() => platform.close())

browserSuite('names that hold a script', ({ visit }) => {
  visit('are text on every page that shows them', async ({ page, watch }) => {
    watch.expectRefusal(400, 404)
    await signIn(page, { origin: platform.origin, user: 'eve@lanyard.local', password: 'correct horse' })
    const pages: readonly (readonly [path: string, ...texts: string[]])[] = [
      ['#home', `Main ${image}`],
      ['#subscriptions', `Main ${image}`],
      [`#resource${machineId}`, script, image],
      [`#resource${groupId}`, script, image],
      [`#resource${groupId}/access-control`, `deploy ${image}`, `Eve ${script}`],
      [`#resource${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/orders/federated-credentials`, image],
      [`#virtual-machines?filter=${encodeURIComponent(image)}`, 'web-1'],
      [`#why/${encodeURIComponent(script)}`, script],
      [`#${encodeURIComponent(image)}`, image],
    ]
    for (const [path, ...texts] of pages) {
      await go(page, path)
      for (const text of texts) await page.getByText(text).first().waitFor()
    }
    await go(page, `#resource${vault}`)
    await page.getByRole('button', { name: 'JSON View' }).click()
    await page.getByRole('region', { name: 'Resource JSON' }).getByText(script).waitFor()
    await page.getByRole('button', { name: /^Account: / }).click()
    await page.getByText(`Eve ${script}`).waitFor()
    assert.equal(await page.evaluate(() => 'wasRun' in globalThis), false)
    assert.equal(await page.locator('img[src="x"]').count(), 0)
  })
})

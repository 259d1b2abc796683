import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { browserSuite } from './support/browser-suite.ts'
import { signIn } from './support/sign-in.ts'
import { startStandingPlatform, type StandingPlatform } from './support/standing-platform.ts'

const machine =
  '/subscriptions/6c616e79-6172-4400-8000-000000000001/resourceGroups/lanyard/providers/Microsoft.Compute/virtualMachines/web-1'
const reported = 'Enable failed: the service of the extension did not start.'
/** Where clients of the extension ask. The port is theirs, so no other test of this suite uses it. */
const address = 'http://localhost:50342/oauth2/token?resource=https%3A%2F%2Fmanagement.azure.com%2F'

let platform: StandingPlatform
before(async () => (platform = await startStandingPlatform()))
after(() => platform.close())

const ask = async () => platform.onMachine(undefined, 'curl', '-sS', '-H', 'Metadata: true', address)

browserSuite('the managed-identity extension, in the portal', ({ visit }) => {
  visit('a deployment that failed is redeployed, and the address of the extension answers', async ({ page }) => {
    const refused = await ask()
    assert.equal(refused.code, 7, 'curl was connected')
    assert.match(refused.stderr, /Failed to connect to localhost port 50342/)
    await platform.lanyard('fault', 'add', 'extension-failure', '--machine', 'web-1', '--requests', 'first')

    await signIn(page, platform, `#resource${machine}`)
    await page.getByRole('navigation', { name: 'web-1' }).getByRole('link', { name: 'Extensions + applications' }).click()
    await page.getByText('No extensions').waitFor()
    await page.getByRole('button', { name: 'Deploy managed-identity extension' }).click()
    const row = page.getByRole('row', { name: /ManagedIdentityExtensionForLinux/ })
    await row.getByText('Failed', { exact: true }).waitFor()
    await page.getByRole('main').getByText(reported).waitFor()
    assert.equal((await ask()).code, 7)

    // The notification of the failure stays until it is read.
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await row.getByRole('button', { name: /^Redeploy/ }).click()
    await row.getByText('Succeeded', { exact: true }).waitFor()
    const answered = await ask()
    assert.equal(answered.code, 0, answered.stderr)
    const { token_type: type, resource } = JSON.parse(answered.stdout) as Record<string, string>
    assert.deepEqual([type, resource], ['Bearer', 'https://management.azure.com/'])
    await page.getByText(reported).waitFor({ state: 'hidden' })

    await row.getByRole('button', { name: /^Uninstall/ }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Yes' }).click()
    await page.getByText('No extensions').waitFor()
    assert.equal((await ask()).code, 7)
  })
})

import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { browserSuite } from './support/browser-suite.ts'
import { signIn } from './support/sign-in.ts'
import { startStandingPlatform, type StandingPlatform } from './support/standing-platform.ts'

/** The script of the article, byte for byte, VM name filled in. */
const script = `az login --identity

spID=$(az resource list -n web-1 --query [*].identity.principalId --out tsv)
echo The managed identity for Azure resources service principal ID is $spID
`
const world = `subscriptions:
  - name: Lanyard
    id: 6c616e79-6172-4400-8000-000000000001
    resourceGroups:
      - name: lanyard
        virtualMachines:
          - name: web-1
            systemAssignedIdentity: false
`
const printed = /^The managed identity for Azure resources service principal ID is ?(.*)$/m
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The folder of an Azure CLI; the built-in client takes its name where there is none. */
const clients: readonly { readonly name: string; readonly az: string | undefined }[] = [
  { name: 'the built-in client', az: undefined },
  ...[process.env['LANYARD_AZ_NEWEST'] ?? ''].filter(existsSync).map((file) => ({ name: 'Azure CLI', az: path.dirname(file) })),
]
if (clients.length === 1 && process.env['LANYARD_CONFORMANCE_REQUIRED'] === '1') {
  test('Azure CLI is installed', () => assert.fail('LANYARD_AZ_NEWEST names no file'))
}

browserSuite('the article, from its error to its output', ({ visit }) => {
  for (const { name, az } of clients) {
    let platform: StandingPlatform
    const runScript = async () => {
      const { stdout, stderr } = await platform.onMachine(az, 'bash', path.join(platform.folder, 'sign-in.sh'))
      return { said: stderr, id: printed.exec(stdout)?.[1] ?? assert.fail(stdout + stderr) }
    }
    before(async () => {
      platform = await startStandingPlatform(world)
      writeFileSync(path.join(platform.folder, 'sign-in.sh'), script)
    })
    after(() => platform.close())

    visit(`a person follows the error guidance, the script being run by ${name}`, async ({ page }) => {
      const before = await runScript()
      assert.match(before.said, /Identity not found/)
      assert.equal(before.id, '')

      await signIn(page, platform)
      await page.getByRole('link', { name: 'Virtual machines', exact: true }).click()
      await page.getByRole('link', { name: 'web-1' }).click()
      const objectId = await switchIdentityOn(page)
      assert.match(objectId, guid)

      const withoutRole = await runScript()
      assert.match(withoutRole.said, /No access was configured for the (VM|managed identity), hence no subscriptions were found/)
      assert.equal(withoutRole.id, '')

      await assignReader(page)
      assert.equal((await runScript()).id, objectId)
      const { code, stdout } = await platform.onMachine(az, 'lanyard', 'doctor', '--json')
      assert.deepEqual([code, (JSON.parse(stdout) as { healthy: boolean }).healthy], [0, true])
    })

    visit(`what ${name} changes appears in the portal without a reload`, async ({ page }) => {
      await signIn(page, platform, '#virtual-machines')
      await page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }))
      await page.getByRole('link', { name: 'web-1' }).waitFor()
      await platform.administer(undefined, 'az vm create -g lanyard -n web-2 -o none')
      await page.getByRole('link', { name: 'web-2' }).click()
      await page.getByRole('link', { name: 'Identity', exact: true }).click()
      const status = page.getByRole('switch')
      await status.waitFor()
      assert.equal(await status.isChecked(), false)
      const assign = 'az vm identity assign -g lanyard -n web-2 --query systemAssignedIdentity -o tsv'
      await page.getByText(await platform.administer(az, assign), { exact: true }).waitFor()
      assert.equal(await status.isChecked(), true)
      assert.equal(await page.evaluate(() => 'isSameDocument' in globalThis), true)
    })
  }
})

/** On the page of a machine: switches its identity on. @returns the object id that is shown then */
async function switchIdentityOn(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Identity', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'web-1 | Identity' }).waitFor()
  const save = page.getByRole('button', { name: 'Save' })
  assert.equal(await save.isEnabled(), false)
  await page.getByRole('switch').click()
  await save.click()
  const question = page.getByRole('alertdialog', { name: 'Enable system assigned managed identity' })
  await question.getByText('service principal').waitFor()
  await question.getByRole('button', { name: 'Yes' }).click()
  await page.getByText('Enabled the system assigned managed identity of web-1').first().waitFor()
  return (
    await page
      .getByRole('definition')
      .filter({ hasText: /^[0-9a-f-]{36}/ })
      .first()
      .innerText()
  ).trim()
}

/** On the page of a machine: lets it read itself. */
async function assignReader(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'web-1' }).getByRole('link', { name: 'Access control (IAM)' }).click()
  await page.getByRole('button', { name: 'Add role assignment' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add role assignment' })
  await dialog.getByRole('combobox', { name: 'Role' }).pressSequentially('Reader')
  await page
    .getByRole('option', { name: /^Reader/ })
    .first()
    .click()
  await dialog.getByRole('combobox', { name: 'Member' }).pressSequentially('web-1')
  await page.getByRole('option', { name: /^web-1/ }).click()
  assert.match(await dialog.getByRole('combobox', { name: 'Scope' }).inputValue(), /\/virtualMachines\/web-1$/)
  await dialog.getByRole('button', { name: 'Assign', exact: true }).click()
  await page
    .getByText(/^Assigned Reader to web-1/)
    .first()
    .waitFor()
  await page.getByRole('tab', { name: 'Role assignments' }).click()
  await page.getByRole('row', { name: /web-1.*Reader/ }).waitFor()
}

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before } from 'node:test'
import type { AxeResults, ContextSpec, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { machineToken } from '../support/call-platform.ts'
import { callManager } from '../support/manager-client.ts'
import { groupId, machineId } from '../support/start-test-platform.ts'
import { browserSuite } from './support/browser-suite.ts'
import { startPortalPlatform, type PortalPlatform } from './support/portal-platform.ts'
import { portalPages } from './support/portal-pages.ts'
import { shopWorld } from './support/shop-world.ts'
import { go, signIn } from './support/sign-in.ts'

// Every page, light and dark, wide and narrow: accessible to the judgement of axe, no wider than the screen; and its picture for docs/portal.
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const pictures = fileURLToPath(new URL('../../docs/portal', import.meta.url))
const writesPictures = process.env['LANYARD_WRITE_SCREENSHOTS'] === '1'
const wide = { width: 1280, height: 800 }
const narrow = { width: 360, height: 740 }
/** The time in the pictures. */
const now = Date.UTC(2026, 0, 15, 9, 30)

let platform: PortalPlatform
let refused: string
let count = 0
before(async () => {
  platform = await startPortalPlatform(shopWorld, { clock: () => now, newGuid })
  refused = await beRefused(platform)
})
after(() => platform.close())

browserSuite('every page of the portal', ({ visit }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    visit(
      `is accessible and fits its screen, ${colorScheme}`,
      async ({ page }) => {
        await page.addInitScript({ content: axe })
        await page.clock.setFixedTime(now)
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.goto(platform.origin)
        await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
        const found: string[] = []
        await look(page, 'sign-in', colorScheme, found)
        await signIn(page, platform)
        for (const { name, path: hash, isReady, open } of portalPages(refused)) {
          await go(page, hash)
          await isReady(page)
          await open?.(page)
          await look(page, name, colorScheme, found)
          if (open) await page.keyboard.press('Escape')
        }
        assert.deepEqual(found, [])
      },
      { viewport: wide },
    )
  }
})

/** Looks at what is shown in both widths, and adds to `found` what is wrong with it. */
async function look(page: Page, name: string, colorScheme: string, found: string[]): Promise<void> {
  for (const [width, viewport] of [
    ['wide', wide],
    ['narrow', narrow],
  ] as const) {
    await page.setViewportSize(viewport)
    await settled(page)
    const where = `${name}, ${colorScheme}, ${width}`
    for (const each of await violations(page)) found.push(`${where}: ${each}`)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (overflow > 0) found.push(`${where}: ${overflow} pixels wider than the screen`)
    if (writesPictures && isPictured(name, colorScheme, width)) {
      await page.screenshot({
        path: path.join(pictures, `${name}${colorScheme === 'dark' ? '-dark' : ''}.png`),
        animations: 'disabled',
        caret: 'hide',
      })
    }
  }
  await page.setViewportSize(wide)
  await settled(page)
}

/** Each page is pictured once as it is on a desk; one of them in the dark as well, and one on a telephone. */
function isPictured(name: string, colorScheme: string, width: string): boolean {
  if (colorScheme === 'light') return width === 'wide'
  return width === 'wide' ? name === 'home' : name === 'identity'
}

/** Ends when what a change of size brings about is drawn. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
  })
}

/** What axe finds that is serious or worse, each with the first element that it concerns. */
async function violations(page: Page): Promise<readonly string[]> {
  const results = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(context: ContextSpec, options: RunOptions): Promise<AxeResults> } }
    // Fluent's sentinels at the ends of a group: they take the focus for no longer than to pass it on.
    return axe.run({ exclude: [['[data-tabster-dummy]']] }, { resultTypes: ['violations'] })
  })
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id} (${help}): ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)
}

/** Ids that are the same in each run. */
function newGuid(): string {
  const hex = createHash('sha256').update(String(count++)).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Lets the machine be refused once by the resource manager and once by its own metadata endpoint. @returns the request id of the former */
async function beRefused({ test }: PortalPlatform): Promise<string> {
  const token = await machineToken(test)
  await machineToken(test, 'https://vault.azure.net')
  await fetch(`${test.metadataUrl}/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fshop.example`, {
    headers: { Metadata: 'true' },
  })
  const answer = await callManager(
    test,
    token,
    'PUT',
    `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mine`,
    {
      location: 'westeurope',
    },
  )
  assert.equal(answer.status, 403, machineId)
  return String(answer.headers['x-ms-request-id'])
}

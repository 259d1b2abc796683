// What the portal costs a browser: what it fetches before Home is shown, and how long it holds up the page that lists ten thousand machines.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { buildPortal, firstLoadLimit } from '../build/portal.ts'
import { defaultSubscriptionId } from '../src/world/default-world.ts'
import { worldSchema } from '../src/world/world-schema.ts'
import { chromiumArguments, chromiumPath, withoutChromium } from '../tests/browser/support/chromium.ts'
import { startPortalPlatform } from '../tests/browser/support/portal-platform.ts'
import { go, signIn } from '../tests/browser/support/sign-in.ts'
import type { Figure } from './figure.ts'

const machines = 10_000
/** A browser that is held up for longer than this feels stuck. */
const longestTask = 200

export async function portal(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-bench-'))
  try {
    const weight = await buildPortal(new URL('..', import.meta.url).pathname, folder)
    const firstLoad: Figure = {
      what: 'what a browser fetches before Home is shown',
      method: 'the page, its scripts and styles, bytes after gzip; the ratio is of the limit',
      rates: new Map([
        ['portal', weight],
        ['limit', firstLoadLimit],
      ]),
      ratio: weight / firstLoadLimit,
      target: 'at most 1',
      met: weight <= firstLoadLimit,
    }
    if (withoutChromium === undefined) return [firstLoad, await longList()]
    console.log(`portal: the list is not measured: ${withoutChromium}\n`)
    return [firstLoad]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** How long the list of ten thousand machines holds up its page. */
async function longList(): Promise<Figure> {
  const virtualMachines = [...Array(machines - 1).keys()].map((n) => ({ name: `vm-${n}` }))
  // The last of the list, and the machine that a platform of the tests calls from.
  const last = { name: 'web-1' }
  const resourceGroups = [{ name: 'fleet', virtualMachines: [...virtualMachines, last] }]
  const subscriptions = [{ name: 'Fleet', id: defaultSubscriptionId, resourceGroups }]
  const platform = await startPortalPlatform(worldSchema.parse({ subscriptions }))
  const browser = await chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: [...chromiumArguments],
    chromiumSandbox: process.getuid?.() !== 0,
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } })
    await page.addInitScript(`
      globalThis.longestGap = 0
      let before = performance.now()
      setInterval(() => {
        const now = performance.now()
        longestGap = Math.max(longestGap, now - before)
        before = now
      }, 5)
    `)
    // At a page that asks for no machines: Home would have them already when the list is opened.
    await signIn(page, platform, '#resource-ids')
    await longestOf(page)
    const rates = new Map<string, number>()
    for (const [what, perform] of steps) {
      await perform(page)
      rates.set(`${what}, ms`, await longestOf(page))
    }
    const longest = Math.max(...rates.values())
    return {
      what: `the longest task in a list of ${machines} machines`,
      method:
        'one run in Chromium: the longest time between two beats of a timer of 5 ms, which no task exceeds; the ratio is of 200 ms',
      rates,
      ratio: longest / longestTask,
      target: 'at most 1',
      met: longest <= longestTask,
    }
  } finally {
    await browser.close()
    await platform.close()
  }
}

const table = (page: Page) => page.getByRole('table', { name: 'Virtual machines' })
const counted = async (page: Page, text: string) =>
  page.getByRole('status').filter({ hasText: text }).waitFor({ timeout: 60_000 })

/** What a person does to the list, each until it is shown. */
const steps: readonly (readonly [what: string, perform: (page: Page) => Promise<void>])[] = [
  [
    'open',
    async (page) => {
      await go(page, '#virtual-machines')
      await counted(page, `${machines} machines`)
    },
  ],
  [
    'scroll',
    async (page) => {
      await table(page).hover()
      for (let turn = 0; turn < 60; turn++) await page.mouse.wheel(0, 1000)
      await table(page).press('End')
      await page.getByRole('link', { name: 'web-1' }).waitFor()
    },
  ],
  [
    'filter',
    async (page) => {
      await page.getByRole('searchbox').pressSequentially('vm-42')
      await counted(page, `111 of ${machines} machines`)
      await page.getByRole('button', { name: 'Clear filters' }).click()
      await counted(page, `${machines} machines`)
    },
  ],
  [
    'sort',
    async (page) => {
      for (const direction of ['ascending', 'descending']) {
        await table(page).getByRole('button', { name: 'Name' }).click()
        await table(page).locator(`[aria-sort=${direction}]`).waitFor()
      }
    },
  ],
]

/** The longest time since the last look in which the page did not get to its own timer, milliseconds: no task was longer. */
async function longestOf(page: Page): Promise<number> {
  // What follows a change of the list, such as its sorting, may come after it.
  await page.waitForTimeout(500)
  return page.evaluate<number>('(() => { const gap = longestGap; longestGap = 0; return gap })()')
}

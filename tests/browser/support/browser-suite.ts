import assert from 'node:assert/strict'
import { after, before, describe, test, type TestContext } from 'node:test'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { chromiumArguments, chromiumPath, withoutChromium } from './chromium.ts'
import { watchPage, type PageWatch } from './watch-page.ts'

/** How long a page may take to show what is waited for, milliseconds: far above what it takes, on a machine that does much else. */
const patience = 20_000

/** One test's look at the portal: a browser profile of its own, whose every page is watched. */
export interface Visit {
  readonly page: Page
  readonly watch: PageWatch
  readonly t: TestContext
}

export interface BrowserSuite {
  /** A test in a profile of its own. It fails, too, by what no page may do: see `watch-page.ts`. */
  readonly visit: (title: string, body: (visit: Visit) => Promise<void>, options?: BrowserContextOptions) => void
}

/** Tests that share one Chromium; skipped where none is installed, failed where it is required. */
export function browserSuite(title: string, define: (suite: BrowserSuite) => void): void {
  if (withoutChromium !== undefined && process.env['LANYARD_CONFORMANCE_REQUIRED'] === '1') {
    test(`${title}: in Chromium`, () => assert.fail(withoutChromium))
    return
  }
  describe(title, { skip: withoutChromium ?? false }, () => {
    let browser: Browser
    before(async () => {
      browser = await chromium.launch({
        ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
        args: [...chromiumArguments],
        chromiumSandbox: process.getuid?.() !== 0,
      })
    })
    after(() => browser.close())
    define({
      visit(title, body, options = {}) {
        test(title, async (t) => {
          const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options })
          context.setDefaultTimeout(patience)
          try {
            const watch = await watchPage(context)
            const page = await context.newPage()
            await body({ page, watch, t }).catch(async (error: unknown) => {
              // What a person would have seen when it failed.
              t.diagnostic(await page.locator('body').ariaSnapshot().catch(String))
              throw error
            })
            assert.deepEqual(watch.wrongs(), [])
          } finally {
            await context.close()
          }
        })
      },
    })
  })
}

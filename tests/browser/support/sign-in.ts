import type { Page } from 'playwright-core'

/** Where a portal is, and who signs in to it. */
export interface PortalAccess {
  readonly origin: string
  readonly user: string
  readonly password: string
}

/** Opens a page of the portal and signs in on the way, as a person does. @param path a hash of the portal, `#home` */
export async function signIn(page: Page, { origin, user, password }: PortalAccess, path = '#home'): Promise<void> {
  await page.goto(`${origin}/${path}`)
  await fillSignIn(page, user, password)
  await page.getByRole('button', { name: /^Account: / }).waitFor()
}

/** Fills the form of the sign-in page and sends it. */
export async function fillSignIn(page: Page, user: string, password: string): Promise<void> {
  await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
  await page.getByLabel('User name').fill(user)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Goes to another page of the portal without loading it anew, as a link does. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(path)}`)
}

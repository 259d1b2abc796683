import type { Page } from 'playwright-core'
import { groupId, machineId } from '../../support/start-test-platform.ts'

/** A page of the portal as a person meets it. */
export interface PortalPage {
  /** Of its picture, without the ending. */
  readonly name: string
  /** Its hash. */
  readonly path: string
  /** Shows that its content has come. */
  readonly isReady: (page: Page) => Promise<unknown>
  /** Of a dialog or a menu: what opens it, from the page. It is closed by Escape. */
  readonly open?: (page: Page) => Promise<unknown>
}

const row = (name: RegExp) => (page: Page) => page.getByRole('row', { name }).first().waitFor()
const text = (shown: string) => (page: Page) => page.getByText(shown, { exact: true }).first().waitFor()
const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { name }).first().waitFor()
const machine = `#resource${machineId}`
const identity = `#resource${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/orders`

/** Every page, with what is only there once its questions are answered. `refused` is the id of a refused request. */
export function portalPages(refused: string): readonly PortalPage[] {
  return [
    { name: 'home', path: '#home', isReady: (page) => page.getByText('Why?').first().waitFor() },
    { name: 'virtual-machines', path: '#virtual-machines', isReady: row(/web-1/) },
    { name: 'overview', path: machine, isReady: text('Resource ID') },
    { name: 'activity-log', path: `${machine}/activity-log`, isReady: row(/virtualMachines|Virtual Machine/i) },
    { name: 'access-control', path: `${machine}/access-control`, isReady: row(/Reader/) },
    {
      name: 'add-role-assignment',
      path: `${machine}/access-control`,
      isReady: row(/Reader/),
      open: async (page) => {
        await page.getByRole('button', { name: 'Add role assignment' }).click()
        await page
          .getByRole('dialog')
          .getByPlaceholder(/^Search \d\d* by name/)
          .waitFor()
      },
    },
    {
      name: 'identity',
      path: `${machine}/identity`,
      isReady: (page) => page.getByText('Object (principal) ID').first().waitFor(),
    },
    {
      name: 'extensions',
      path: `#resource${groupId}/providers/Microsoft.Compute/virtualMachines/batch-1/extensions`,
      isReady: row(/ManagedIdentityExtensionForLinux/),
    },
    { name: 'connect', path: `${machine}/connect`, isReady: heading('Try it here') },
    { name: 'managed-identities', path: '#managed-identities', isReady: row(/orders/) },
    { name: 'managed-identity', path: identity, isReady: (page) => page.getByRole('button', { name: 'Delete' }).waitFor() },
    { name: 'used-by', path: `${identity}/used-by`, isReady: row(/web-1/) },
    { name: 'role-assignments', path: `${identity}/role-assignments`, isReady: heading(/Azure role assignments/) },
    { name: 'federated-credentials', path: `${identity}/federated-credentials`, isReady: row(/main/) },
    { name: 'resource-groups', path: '#resource-groups', isReady: row(/lanyard/) },
    { name: 'subscriptions', path: '#subscriptions', isReady: row(/Shop/) },
    { name: 'group', path: `#resource${groupId}`, isReady: text('Resource ID') },
    { name: 'sign-in-logs', path: '#sign-in-logs', isReady: row(/web-1/) },
    { name: 'resource-ids', path: '#resource-ids', isReady: row(/vault\.azure\.net/) },
    { name: 'errors', path: '#errors', isReady: row(/./) },
    { name: 'error', path: '#errors/AADSTS500011', isReady: heading('Texts that it is known by') },
    { name: 'why', path: `#why/${refused}`, isReady: heading('The request') },
    { name: 'why-which', path: '#why', isReady: heading('Recent refusals') },
  ]
}

/**
 * Every link of the portal: nothing else writes an address. They are hashes, as in Azure's portal, so the server knows one page
 * alone, and what is looked at never reaches it.
 */
export const paths = {
  home: () => '#home',
  virtualMachines: (filter: MachineFilter = {}) => `#virtual-machines${queryOf(filter)}`,
  resource: (id: string, tab?: ResourceTab) => `#resource${encodeId(id)}${tab === undefined ? '' : `/${tab}`}`,
  managedIdentities: () => '#managed-identities',
  signInLogs: (filter: SignInFilter = {}) => `#sign-in-logs${queryOf(filter)}`,
  resourceIds: () => '#resource-ids',
  errors: (id?: string) => `#errors${id === undefined ? '' : `/${encodeURIComponent(id)}`}`,
  why: (requestId?: string) => `#why${requestId === undefined ? '' : `/${encodeURIComponent(requestId)}`}`,
} as const

/** What a list of machines is narrowed to: text of a name, a group, a subscription's GUID, a kind of identity. */
export interface MachineFilter {
  readonly filter?: string | undefined
  readonly group?: string | undefined
  readonly subscription?: string | undefined
  readonly identity?: string | undefined
}

export interface SignInFilter {
  readonly principal?: string | undefined
  readonly status?: string | undefined
}

/** The pages of one resource, in the order of the menu beside it. */
export const resourceTabs = [
  'overview',
  'activity-log',
  'access-control',
  'identity',
  'extensions',
  'connect',
  'resources',
  'used-by',
  'federated-credentials',
] as const

export type ResourceTab = (typeof resourceTabs)[number]

/** The id of the whole tenant, as Resource Manager writes it. */
export const tenantScope = '/'

function encodeId(id: string): string {
  return id
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => `/${encodeURIComponent(segment)}`)
    .join('')
}

function queryOf(values: object): string {
  const set = Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '')
  return set.length === 0 ? '' : `?${new URLSearchParams(set)}`
}

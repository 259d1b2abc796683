/**
 * Every link of the portal: nothing else writes an address. They are hashes, as in Azure's portal, so the server knows one page
 * alone, and what is looked at never reaches it.
 */
export const paths = {
  home: () => '#home',
  virtualMachines: (filter: MachineFilter = {}) => `#virtual-machines${queryOf(filter)}`,
  resource: (id: string, tab?: ResourceTab) => `#resource${encodeId(id)}${tab === undefined ? '' : `/${tab}`}`,
  /** @param resource the resource id of a service to ask a token for, filled in on the page */
  connect: (machine: string, resource: string) => `${paths.resource(machine, 'connect')}${queryOf({ resource })}`,
  managedIdentities: (filter: IdentityFilter = {}) => `#managed-identities${queryOf(filter)}`,
  signInLogs: (filter: SignInFilter = {}) => `#sign-in-logs${queryOf(filter)}`,
  resourceGroups: () => '#resource-groups',
  subscriptions: () => '#subscriptions',
  resourceIds: (filter: ServiceFilter = {}) => `#resource-ids${queryOf(filter)}`,
  /** @param id of a known error, or a text that is one: `AADSTS500011` */
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

/** What a list of identities is narrowed to: text of a name or an id, a subscription's GUID, `user` or `system`. */
export interface IdentityFilter {
  readonly filter?: string | undefined
  readonly subscription?: string | undefined
  readonly kind?: string | undefined
}

/** What the sign-in logs are narrowed to, and the sign-in whose details are shown. */
export interface SignInFilter {
  /** Object id. */
  readonly principal?: string | undefined
  /** ARM id. */
  readonly machine?: string | undefined
  /** An audience. */
  readonly resource?: string | undefined
  /** `success` or `failure`. */
  readonly status?: string | undefined
  /** How far back: `1h`, `24h`, `7d`. */
  readonly since?: string | undefined
  /** Request id. */
  readonly item?: string | undefined
}

/** What the table of resource ids is narrowed to: text of a service or an id, and a cloud. */
export interface ServiceFilter {
  readonly filter?: string | undefined
  readonly cloud?: string | undefined
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
  'role-assignments',
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

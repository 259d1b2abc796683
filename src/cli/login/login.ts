import type { Command } from 'commander'
import {
  apiVersions,
  createAuthorizedClient,
  readClaims,
  resourceManagerAudience,
  type AccessToken,
  type IdentitySelector,
} from '../../api-client/index.ts'
import { subscriptions } from '../../contracts/subscription.ts'
import { CommandFailedError, UsageError } from '../exit-codes.ts'
import { describeAccount, writeProfile, type Account, type SignIn } from '../profile/profile.ts'
import { keepOnly } from '../profile/token-cache.ts'
import { createTokenSource, type Session } from '../session/session.ts'
import { defineVerb } from '../verb.ts'

interface LoginOptions {
  readonly identity?: boolean
  readonly servicePrincipal?: boolean
  readonly clientId?: string
  readonly objectId?: string
  readonly resourceId?: string
  readonly username?: string
  readonly password?: string
  readonly tenant?: string
  readonly allowNoSubscriptions?: boolean
}

/** `lanyard login` */
export const createCommand = defineVerb<LoginOptions>({
  name: 'login',
  summary: 'Sign in as a managed identity or a service principal',
  examples: [
    'login --identity',
    'login --identity --client-id 11111111-2222-4333-8444-555555555555',
    'login --identity --allow-no-subscriptions',
    'login --service-principal -u CLIENT_ID -p SECRET --tenant TENANT_ID',
    'login --service-principal    # AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, AZURE_TENANT_ID',
  ],
  table: '[].{Name:name, CloudName:environmentName, SubscriptionId:id, TenantId:tenantId, State:state, IsDefault:isDefault}',
  configure: (command: Command) => {
    command
      .option('-i, --identity', "sign in as this machine's managed identity")
      .option('--client-id <guid>', 'client id of the user-assigned identity')
      .option('--object-id <guid>', 'object id of the user-assigned identity')
      .option('--resource-id <id>', 'resource id of the user-assigned identity')
      .option('--service-principal', 'sign in as a service principal')
      .option('-u, --username <client-id>', 'client id of the service principal; AZURE_CLIENT_ID when left out')
      .option('-p, --password <secret>', 'its client secret; AZURE_CLIENT_SECRET when left out')
      .option('-t, --tenant <id>', 'its tenant; AZURE_TENANT_ID when left out')
      .option('--allow-no-subscriptions', 'sign in although the identity sees no subscription')
  },
  run: login,
})

async function login(session: Session, options: LoginOptions): Promise<unknown> {
  const { io, transport } = session
  const signIn = signInOf(session, options)
  const token = await createTokenSource(io, transport, signIn)(resourceManagerAudience)
  const accounts = await findAccounts(session, token)
  if (accounts.length === 0 && !options.allowNoSubscriptions) {
    throw new CommandFailedError(
      signIn.kind === 'servicePrincipal'
        ? `No subscriptions found for ${signIn.clientId}.`
        : "No access was configured for the managed identity, hence no subscriptions were found. If this is expected, use '--allow-no-subscriptions' to have tenant level access.",
    )
  }
  const kept = accounts.length > 0 ? accounts : [tenantAccount(readClaims(token.accessToken).tid)]
  await keepOnly(io, resourceManagerAudience, token)
  await writeProfile(io, { version: 1, signIn, accounts: kept })
  return kept.map((account) => describeAccount(account, signIn))
}

function signInOf(session: Session, options: LoginOptions): SignIn {
  if (options.identity && options.servicePrincipal) throw new UsageError("Use one of '--identity' and '--service-principal'.")
  if (options.identity) {
    if (options.username !== undefined) {
      throw new UsageError(
        'Passing the managed identity ID with --username is no longer supported. Use --client-id, --object-id or --resource-id instead.',
      )
    }
    const selector = selectorOf(options)
    return { kind: 'managedIdentity', ...(selector && { selector }) }
  }
  if (!options.servicePrincipal) throw new UsageError("Sign in with '--identity' or '--service-principal'.")
  const { env } = session.io
  const clientId = options.username ?? env['AZURE_CLIENT_ID']
  const secret = options.password ?? env['AZURE_CLIENT_SECRET']
  const tenant = options.tenant ?? env['AZURE_TENANT_ID']
  if (!clientId) throw new UsageError('the following arguments are required: --username/-u (or AZURE_CLIENT_ID)')
  if (!secret) throw new UsageError('the following arguments are required: --password/-p (or AZURE_CLIENT_SECRET)')
  if (!tenant) throw new UsageError('the following arguments are required: --tenant/-t (or AZURE_TENANT_ID)')
  return { kind: 'servicePrincipal', clientId, secret, tenant }
}

function selectorOf(options: LoginOptions): IdentitySelector | undefined {
  const given = (['clientId', 'objectId', 'resourceId'] as const).flatMap((by) => {
    const value = options[by]
    return value === undefined ? [] : [{ by, value }]
  })
  if (given.length > 1) throw new UsageError('Usage error: Provide only one of --client-id, --object-id, --resource-id.')
  return given[0]
}

async function findAccounts(session: Session, token: AccessToken): Promise<Account[]> {
  const { tid } = readClaims(token.accessToken)
  const arm = createAuthorizedClient({
    transport: session.transport,
    baseUrl: session.io.endpoints.resourceManager,
    audience: resourceManagerAudience,
    tokens: async () => token,
    newGuid: () => session.io.newGuid(),
    sleep: (time) => session.io.sleep(time),
  })
  const found = subscriptions.parse(await arm.list(`/subscriptions?api-version=${apiVersions.subscriptions}`))
  const firstEnabled = Math.max(
    0,
    found.findIndex((each) => each.state === 'Enabled'),
  )
  return found.map((each, index) => ({
    id: each.subscriptionId,
    name: each.displayName,
    state: each.state,
    tenantId: tid,
    homeTenantId: each.homeTenantId ?? each.tenantId ?? tid,
    managedByTenants: each.managedByTenants ?? [],
    isDefault: index === firstEnabled,
  }))
}

function tenantAccount(tenantId: string): Account {
  return {
    id: tenantId,
    name: 'N/A(tenant level account)',
    state: 'Enabled',
    tenantId,
    homeTenantId: tenantId,
    managedByTenants: [],
    isDefault: true,
  }
}

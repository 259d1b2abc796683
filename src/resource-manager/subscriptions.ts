import { tenantDomain } from '../directory/tenant-domain.ts'
import { SubscriptionNotFoundError } from '../resources/errors.ts'
import type { Subscription } from '../resources/resource.ts'
import { ArmError } from './arm-error.ts'
import { regions } from './locations.ts'
import { inOrder, page } from './page.ts'
import { provider, providerNamespaces } from './provider-catalog.ts'
import type { Call, ListCall, Route } from './route.ts'

const listAction = 'Microsoft.Resources/subscriptions/read'

const view = (subscription: Subscription, tenantId: string) => ({
  id: `/subscriptions/${subscription.subscriptionId}`,
  authorizationSource: 'RoleBased',
  managedByTenants: [],
  subscriptionId: subscription.subscriptionId,
  tenantId,
  displayName: subscription.displayName,
  state: 'Enabled',
  subscriptionPolicies: { locationPlacementId: 'Public_2014-09-01', quotaId: 'PayAsYouGo_2014-09-01', spendingLimit: 'Off' },
})

/** The subscription of the path, which its caller sees since they hold a role in it. @throws SubscriptionNotFoundError */
async function shown({ services, visibility, scope }: ListCall): Promise<Subscription> {
  const asked = scope.subscriptionId?.toLowerCase()
  const all = await services.resources.listSubscriptions(visibility)
  const found = all.find(({ subscriptionId }) => subscriptionId.toLowerCase() === asked)
  if (!found) throw new SubscriptionNotFoundError(scope.name)
  return found
}

function knownProvider(call: Call, { subscriptionId }: Subscription): object {
  const namespace = call.names['namespace'] ?? ''
  const found = provider(subscriptionId, namespace)
  if (!found) throw new ArmError(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`)
  return found
}

async function listTenants({ services: { tenantId } }: Call): Promise<object> {
  const tenant = {
    id: `/tenants/${tenantId}`,
    tenantId,
    countryCode: 'NL',
    displayName: 'Lanyard',
    domains: [tenantDomain],
    defaultDomain: tenantDomain,
    tenantCategory: 'Home',
    tenantType: 'AAD',
  }
  return { value: [tenant] }
}

async function list({ request, services, visibility }: ListCall): Promise<object> {
  const found = await services.resources.listSubscriptions(visibility)
  const keyOf = ({ displayName, subscriptionId }: Subscription) => `${displayName}/${subscriptionId}`
  const listed = await page(request, {
    rows: inOrder(found, keyOf),
    keyOf,
    view: (subscription) => view(subscription, services.tenantId),
  })
  return { ...listed, count: { type: 'Total', value: found.length } }
}

async function listLocations(call: ListCall): Promise<object> {
  const { subscriptionId } = await shown(call)
  return {
    value: regions.map(([name, displayName]) => ({
      id: `/subscriptions/${subscriptionId}/locations/${name}`,
      name,
      type: 'Region',
      displayName,
      regionalDisplayName: displayName,
      metadata: { regionType: 'Physical', regionCategory: 'Recommended' },
    })),
  }
}

export const subscriptionRoutes: readonly Route[] = [
  { method: 'GET', pattern: '|/tenants', open: true, handle: listTenants },
  { method: 'GET', pattern: '|/subscriptions', open: true, handle: list },
  {
    method: 'GET',
    pattern: '/subscriptions/:subscription|',
    listAction,
    handle: async (call) => view(await shown(call), call.services.tenantId),
  },
  { method: 'GET', pattern: '/subscriptions/:subscription|/locations', listAction, handle: listLocations },
  {
    method: 'GET',
    pattern: '/subscriptions/:subscription|/providers',
    listAction,
    handle: async (call) => {
      const { subscriptionId } = await shown(call)
      return page(call.request, {
        rows: inOrder(providerNamespaces, (name) => name),
        keyOf: (name) => name,
        view: (name) => provider(subscriptionId, name) ?? {},
      })
    },
  },
  {
    method: 'GET',
    pattern: '/subscriptions/:subscription|/providers/:namespace',
    listAction,
    handle: async (call) => knownProvider(call, await shown(call)),
  },
  {
    method: 'POST',
    pattern: '/subscriptions/:subscription|/providers/:namespace/register',
    action: ({ names: { namespace = '' } }) => `${namespace}/register/action`,
    handle: async (call) => knownProvider(call, await call.services.resources.getSubscription(call.authorized)),
  },
]

import { tenantDomain } from '../directory/tenant-domain.ts'
import type { Subscription } from '../resources/resource.ts'
import { ArmError } from './arm-error.ts'
import { page } from './page.ts'
import { provider, providerNamespaces } from './provider-catalog.ts'
import type { Call, Route } from './route.ts'

const locations = [
  'westeurope',
  'northeurope',
  'eastus',
  'eastus2',
  'westus',
  'westus2',
  'uksouth',
  'germanywestcentral',
  'southeastasia',
]

/** The subscription that a path starts with. */
export const subscriptionPath = (path: string) => path.split('/').slice(0, 3).join('/')

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

/** Lets a caller through that holds any role in the subscription, since it sees the subscription in its list. */
async function checkReach({ services, caller, scope }: Call): Promise<void> {
  const visibility = await services.accessControl.visibility(caller)
  if (!visibility.reaches(scope)) await services.accessControl.authorize(caller, 'Microsoft.Resources/subscriptions/read', scope)
}

export const subscriptionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/tenants',
    withoutRole: 'filtered',
    scopeOf: () => '/',
    handle: async ({ services: { tenantId } }) => ({
      value: [
        {
          id: `/tenants/${tenantId}`,
          tenantId,
          countryCode: 'NL',
          displayName: 'Lanyard',
          domains: [tenantDomain],
          defaultDomain: tenantDomain,
          tenantCategory: 'Home',
          tenantType: 'AAD',
        },
      ],
    }),
  },
  {
    method: 'GET',
    path: '/subscriptions',
    withoutRole: 'filtered',
    scopeOf: () => '/',
    handle: async ({ request, services, caller }) => {
      const found = await services.resources.listSubscriptions(await services.accessControl.visibility(caller))
      return {
        ...page(
          request,
          found.map((subscription) => view(subscription, services.tenantId)),
        ),
        count: { type: 'Total', value: found.length },
      }
    },
  },
  {
    method: 'GET',
    path: '/subscriptions/:subscription',
    withoutRole: 'refused',
    handle: async (call) => {
      await checkReach(call)
      const visibility = await call.services.accessControl.visibility(call.caller)
      const found = (await call.services.resources.listSubscriptions(visibility)).find(
        ({ subscriptionId }) => subscriptionId.toLowerCase() === call.scope.subscriptionId?.toLowerCase(),
      )
      if (!found) throw new ArmError(404, 'SubscriptionNotFound', `The subscription '${call.scope.name}' could not be found.`)
      return view(found, call.services.tenantId)
    },
  },
  {
    method: 'GET',
    path: '/subscriptions/:subscription/locations',
    withoutRole: 'refused',
    scopeOf: subscriptionPath,
    handle: async (call) => {
      await checkReach(call)
      const value = locations.map((name) => ({
        id: `${call.scope.text}/locations/${name}`,
        name,
        displayName: name,
        type: 'Region',
      }))
      return { value }
    },
  },
  {
    method: 'GET',
    path: '/subscriptions/:subscription/providers',
    withoutRole: 'refused',
    scopeOf: subscriptionPath,
    handle: async (call) => {
      await checkReach(call)
      return page(
        call.request,
        providerNamespaces.flatMap((name) => provider(call.scope.name, name, locations) ?? []),
      )
    },
  },
  {
    method: 'GET',
    path: '/subscriptions/:subscription/providers/:namespace',
    withoutRole: 'refused',
    scopeOf: subscriptionPath,
    handle: async (call) => {
      await checkReach(call)
      return knownProvider(call)
    },
  },
  {
    method: 'POST',
    path: '/subscriptions/:subscription/providers/:namespace/register',
    withoutRole: 'refused',
    scopeOf: subscriptionPath,
    handle: async (call) => {
      const { namespace } = call.request.params as { namespace: string }
      await call.services.accessControl.authorize(call.caller, `${namespace}/register/action`, call.scope)
      return knownProvider(call)
    },
  },
]

function knownProvider({ request, scope }: Call): object {
  const { namespace } = request.params as { namespace: string }
  const found = provider(scope.name, namespace, locations)
  if (!found) throw new ArmError(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`)
  return found
}

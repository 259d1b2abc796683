import type { TokenRequestBody } from '../../contracts/token-request.ts'
import type { HostKind } from '../../resources/host-kind.ts'
import type { SourceRequest } from './ask-source.ts'

type Environment = Readonly<Record<string, string>>
type Selectors = Readonly<Partial<Record<'clientId' | 'objectId' | 'resourceId', string>>>

/** What the protocols of Azure call the ids of an identity. */
const imds: Selectors = { clientId: 'client_id', objectId: 'object_id', resourceId: 'msi_res_id' }
const appService: Selectors = { clientId: 'client_id', objectId: 'principal_id', resourceId: 'mi_res_id' }
/** The first protocol of App Service knows client ids alone; what it does not know it refuses. */
const appService2017: Selectors = { clientId: 'clientid', objectId: 'principalid', resourceId: 'resourceid' }
const serviceFabric: Selectors = { clientId: 'clientid', objectId: 'principalid', resourceId: 'resourceid' }

/** What a client of the metadata service, or of a source that speaks like it, asks. @param url without its query */
export function imdsRequest(url: string, apiVersion: string | undefined, demand: TokenRequestBody): SourceRequest {
  return { method: 'GET', url: address(url, apiVersion, demand, imds), headers: { Metadata: 'true' } }
}

/** What a client on a host asks that tells its code by variables where its token source is. */
export const hostRequests: Readonly<
  Record<Exclude<HostKind, 'vm' | 'vm-extension' | 'aks'>, (environment: Environment, demand: TokenRequestBody) => SourceRequest>
> = {
  'app-service': newest,
  functions: newest,
  'container-apps': newest,
  'app-service-2017': first,
  'azure-ml': first,
  arc: ({ IDENTITY_ENDPOINT = '' }, demand) => imdsRequest(IDENTITY_ENDPOINT, '2020-06-01', demand),
  'cloud-shell': ({ MSI_ENDPOINT = '' }, demand) => ({
    method: 'POST',
    url: MSI_ENDPOINT,
    headers: { Metadata: 'true', 'content-type': 'application/x-www-form-urlencoded' },
    body: parameters(undefined, demand, imds).toString(),
  }),
  'service-fabric': ({ IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' }, demand) => ({
    method: 'GET',
    url: address(IDENTITY_ENDPOINT, '2019-07-01-preview', demand, serviceFabric),
    headers: { Secret: IDENTITY_HEADER },
  }),
}

function newest({ IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' }: Environment, demand: TokenRequestBody): SourceRequest {
  const url = address(IDENTITY_ENDPOINT, '2019-08-01', demand, appService)
  return { method: 'GET', url, headers: { 'X-IDENTITY-HEADER': IDENTITY_HEADER } }
}

function first({ MSI_ENDPOINT = '', MSI_SECRET = '' }: Environment, demand: TokenRequestBody): SourceRequest {
  const url = address(MSI_ENDPOINT, '2017-09-01', demand, appService2017)
  return { method: 'GET', url, headers: { Secret: MSI_SECRET } }
}

/** A pod's client: the token of its service account, exchanged at the token endpoint. @param assertion that token */
export function exchangeRequest(url: string, assertion: string, clientId: string, { resource }: TokenRequestBody): SourceRequest {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    scope: `${resource}/.default`,
  })
  return { method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() }
}

function address(url: string, apiVersion: string | undefined, demand: TokenRequestBody, names: Selectors): string {
  return `${url}?${parameters(apiVersion, demand, names).toString()}`
}

function parameters(apiVersion: string | undefined, demand: TokenRequestBody, names: Selectors): URLSearchParams {
  const found = new URLSearchParams({ ...(apiVersion !== undefined && { 'api-version': apiVersion }), resource: demand.resource })
  for (const by of ['clientId', 'objectId', 'resourceId'] as const) {
    const value = demand[by]
    if (value !== undefined) found.set(names[by] ?? by, value)
  }
  return found
}

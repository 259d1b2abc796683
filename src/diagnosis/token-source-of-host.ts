import type { IdentitySelector } from '../api-client/index.ts'
import type { Surroundings } from './link.ts'
import { isAnswered, type Answer, type ProbeRequest } from './probe.ts'

export type HostKind = 'vm' | 'appService' | 'appService2017' | 'arc' | 'cloudShell' | 'workloadIdentity' | 'serviceFabric'

/** Where tokens come from on this host. */
export interface TokenSourceOfHost {
  readonly kind: HostKind
  /** For a person: `the metadata service`, `App Service`. */
  readonly name: string
  /** The address without its query. */
  readonly address: string
  /** Asks for a token for a resource. @param selector undefined: the host decides */
  ask(resource: string, selector: IdentitySelector | undefined): Promise<Answer>
}

const imdsNames = { clientId: 'client_id', objectId: 'object_id', resourceId: 'msi_res_id' } as const
const appServiceNames = { clientId: 'client_id', objectId: 'principal_id', resourceId: 'mi_res_id' } as const
const timeoutOf = ({ timeouts }: Surroundings) => timeouts.service

/**
 * Which host this is, by the variables that it gives its code; in the order in which the SDKs look at them. None of them: a virtual
 * machine, whose metadata service has a fixed address.
 */
export function tokenSourceOfHost(surroundings: Surroundings): TokenSourceOfHost {
  const { env, endpoints } = surroundings
  const {
    IDENTITY_ENDPOINT: identity,
    IDENTITY_HEADER: secret,
    IMDS_ENDPOINT: arc,
    MSI_ENDPOINT: msi,
    MSI_SECRET: msiSecret,
  } = env
  if (identity && secret && env['IDENTITY_SERVER_THUMBPRINT']) return serviceFabric(surroundings, identity, secret)
  if (identity && secret) return appService(surroundings, identity, secret)
  if (identity && arc) return arcAgent(surroundings, identity)
  if (msi && msiSecret) return appService2017(surroundings, msi, msiSecret)
  if (env['AZURE_FEDERATED_TOKEN_FILE']) return workloadIdentity(surroundings, env['AZURE_FEDERATED_TOKEN_FILE'])
  if (msi && env['ACC_CLOUD']) return cloudShell(surroundings, msi)
  const address = `${endpoints.metadata}/metadata/identity/oauth2/token`
  return {
    kind: 'vm',
    name: 'the metadata service',
    address,
    ask: (resource, selector) =>
      surroundings.ask({
        url: `${address}?${query('2018-02-01', resource, selector, imdsNames)}`,
        headers: { Metadata: 'true' },
        timeout: timeoutOf(surroundings),
      }),
  }
}

function appService(surroundings: Surroundings, address: string, secret: string): TokenSourceOfHost {
  return {
    kind: 'appService',
    name: 'App Service',
    address,
    ask: (resource, selector) =>
      surroundings.ask({
        url: `${address}?${query('2019-08-01', resource, selector, appServiceNames)}`,
        headers: { 'X-IDENTITY-HEADER': secret },
        timeout: timeoutOf(surroundings),
      }),
  }
}

function appService2017(surroundings: Surroundings, address: string, secret: string): TokenSourceOfHost {
  return {
    kind: 'appService2017',
    name: 'App Service (2017) or Azure ML',
    address,
    ask: (resource, selector) => {
      const names = { clientId: 'clientid', objectId: 'object_id', resourceId: 'mi_res_id' } as const
      const url = `${address}?${query('2017-09-01', resource, selector, names)}`
      return surroundings.ask({ url, headers: { secret }, timeout: timeoutOf(surroundings) })
    },
  }
}

/** The agent answers first with a 401 that names a file; who can read it is on the machine. */
function arcAgent(surroundings: Surroundings, address: string): TokenSourceOfHost {
  return {
    kind: 'arc',
    name: 'the Azure Arc agent',
    address,
    async ask(resource, selector) {
      const url = `${address}?${query('2020-06-01', resource, selector, imdsNames)}`
      const request = { url, timeout: timeoutOf(surroundings) }
      const challenge = await surroundings.ask({ ...request, headers: { Metadata: 'true' } })
      if (!isAnswered(challenge) || challenge.status !== 401) return challenge
      const file = /^Basic realm=(.+\.key)$/.exec(challenge.headers.get('www-authenticate') ?? '')?.[1]
      if (file === undefined) return { url, reason: 'the agent named no key file in its challenge' }
      const key = await surroundings
        .readFile(file)
        .catch((error: unknown) => ({ reason: `its key file cannot be read: ${String(error)}` }))
      if (typeof key !== 'string') return { url, ...key }
      return surroundings.ask({ ...request, headers: { Metadata: 'true', Authorization: `Basic ${key}` } })
    },
  }
}

function cloudShell(surroundings: Surroundings, address: string): TokenSourceOfHost {
  return {
    kind: 'cloudShell',
    name: 'Cloud Shell',
    address,
    ask: (resource) => surroundings.ask(form(address, { resource }, { Metadata: 'true' }, timeoutOf(surroundings))),
  }
}

function workloadIdentity(surroundings: Surroundings, file: string): TokenSourceOfHost {
  const { env, endpoints } = surroundings
  const address = `${endpoints.authority}/${env['AZURE_TENANT_ID'] ?? 'common'}/oauth2/v2.0/token`
  return {
    kind: 'workloadIdentity',
    name: 'workload identity',
    address,
    async ask(resource, selector) {
      const assertion = await surroundings
        .readFile(file)
        .catch((error: unknown) => ({ reason: `${file} cannot be read: ${String(error)}` }))
      if (typeof assertion !== 'string') return { url: address, ...assertion }
      const fields = {
        grant_type: 'client_credentials',
        client_id: selector?.by === 'clientId' ? selector.value : (env['AZURE_CLIENT_ID'] ?? ''),
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion.trim(),
        scope: `${resource}/.default`,
      }
      return surroundings.ask(form(address, fields, {}, timeoutOf(surroundings)))
    },
  }
}

/** Its TLS certificate is known by the thumbprint that the host puts into the environment. */
function serviceFabric(surroundings: Surroundings, address: string, secret: string): TokenSourceOfHost {
  return {
    kind: 'serviceFabric',
    name: 'Service Fabric',
    address,
    ask: (resource) => {
      const url = `${address}?${query('2019-07-01-preview', resource, undefined, imdsNames)}`
      return surroundings.askPinned({ url, headers: { secret }, timeout: timeoutOf(surroundings) })
    },
  }
}

function query(
  version: string,
  resource: string,
  selector: IdentitySelector | undefined,
  names: Readonly<Record<IdentitySelector['by'], string>>,
): URLSearchParams {
  return new URLSearchParams({ 'api-version': version, resource, ...(selector && { [names[selector.by]]: selector.value }) })
}

function form(
  url: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
  timeout: number,
): ProbeRequest {
  return {
    url,
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
    timeout,
  }
}

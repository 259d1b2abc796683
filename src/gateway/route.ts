/** Whose certificate signs attested documents, and where the certificate above it is to be had. */
export const metadataHost = 'metadata.azure.com'
export const authorityCertificatePath = '/lanyard/ca.cer'

export type EndpointName =
  | 'authorityCertificate'
  | 'workloadIssuer'
  | 'resourceManager'
  | 'tokenEndpoint'
  | 'graph'
  | 'portal'
  | 'metadata'
  | 'vmExtension'

const endpointByHost: Readonly<Record<string, EndpointName>> = {
  'management.azure.com': 'resourceManager',
  'login.microsoftonline.com': 'tokenEndpoint',
  'login.microsoft.com': 'tokenEndpoint',
  'login.windows.net': 'tokenEndpoint',
  'sts.windows.net': 'tokenEndpoint',
  'graph.microsoft.com': 'graph',
  [metadataHost]: 'authorityCertificate',
  '169.254.169.254': 'metadata',
}

/** The issuers of clusters have a host for each region. */
const issuerDomain = '.oic.prod-aks.azure.com'

/** Host names that the platform answers for over TLS: what the local certificate authority may vouch for. */
export const servedHosts: readonly string[] = [
  ...Object.keys(endpointByHost).filter((host) => !/^[\d.]+$/.test(host)),
  `*${issuerDomain}`,
]

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Which endpoint answers a request.
 * @param authority host and port as the client named them
 * @param path normalised; decides on loopback, where all endpoints share one address
 * @returns undefined for a host that the platform does not serve
 */
export function route(authority: string, path: string): EndpointName | undefined {
  const { host } = splitAuthority(authority)
  if (!loopback.has(host)) return host.endsWith(issuerDomain) ? 'workloadIssuer' : endpointByHost[host]
  if (/^\/metadata\/endpoints(\?|$)/i.test(path)) return 'resourceManager'
  if (/^\/metadata\//i.test(path)) return 'metadata'
  if (/^\/(subscriptions|providers|tenants)(\/|\?|$)/i.test(path)) return 'resourceManager'
  if (/^\/(v1\.0|beta)\//i.test(path)) return 'graph'
  return 'tokenEndpoint'
}

/** Whether a request is for the instance metadata service's own address. */
export function isImds(authority: string): boolean {
  return endpointByHost[splitAuthority(authority).host] === 'metadata'
}

export function isLoopback(authority: string): boolean {
  return loopback.has(splitAuthority(authority).host)
}

export function splitAuthority(authority: string): { host: string; port: string | undefined } {
  const [, host = authority, port] = /^(.*?)(?::(\d+))?$/.exec(authority) ?? []
  return { host: host.toLowerCase(), port }
}

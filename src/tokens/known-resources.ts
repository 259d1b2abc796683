// Domains under which Azure's services, in any cloud, have the names that serve as audiences. Subdomains count.
const azureDomains = [
  'azure.com',
  'azure.net',
  'windows.net',
  'microsoft.com',
  'microsoftonline.com',
  'azure.us',
  'microsoft.us',
  'usgovcloudapi.net',
  'azure.cn',
  'chinacloudapi.cn',
  'azconfig.io',
  'azurecr.io',
  'azuresynapse.net',
  'azuredatabricks.net',
  'azure-apim.net',
  'azurewebsites.net',
  'loganalytics.io',
  'applicationinsights.io',
  'visualstudio.com',
  'dynamics.com',
  'office.com',
  'localhost',
]
const loopbackAddresses = ['127.0.0.1', '[::1]']
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const longestResource = 1024

/**
 * Whether a token can be had for `resource` in this tenant: an Azure service, anything named by a GUID (the client id of
 * some service principal, of which the tenant has hundreds), or an application that is registered with this URI.
 * @param isApplicationUri whether an application has the URI as an identifier
 */
export async function isKnownResource(resource: string, isApplicationUri: (uri: string) => Promise<boolean>): Promise<boolean> {
  if (resource === '' || resource.length > longestResource || /[\s\p{Cc}]/u.test(resource)) return false
  if (guid.test(resource) || isAzureService(resource) || isTokenExchange(resource)) return true
  return isApplicationUri(resource)
}

/** Whether a token is for exchange at the token endpoint itself: a managed identity standing in for an application. */
export function isTokenExchange(resource: string): boolean {
  return resource.toLowerCase() === 'api://azureadtokenexchange'
}

function isAzureService(resource: string): boolean {
  const url = URL.parse(resource)
  if (url?.protocol !== 'https:' || !resource.toLowerCase().startsWith('https://')) return false
  if (url.username !== '' || url.password !== '') return false
  const host = url.hostname.toLowerCase()
  return loopbackAddresses.includes(host) || azureDomains.some((domain) => host === domain || host.endsWith(`.${domain}`))
}

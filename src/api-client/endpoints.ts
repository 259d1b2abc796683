/** Where Azure's services are: origins without a trailing slash. */
export interface Endpoints {
  readonly resourceManager: string
  readonly authority: string
  readonly graph: string
  readonly metadata: string
}

export const publicEndpoints: Endpoints = {
  resourceManager: 'https://management.azure.com',
  authority: 'https://login.microsoftonline.com',
  graph: 'https://graph.microsoft.com',
  metadata: 'http://169.254.169.254',
}

/** The audience that `az` asks for when it calls Resource Manager. */
export const resourceManagerAudience = 'https://management.core.windows.net/'
export const graphAudience = 'https://graph.microsoft.com/'

/** The public cloud's endpoints, moved by the variables that Azure's SDKs honour. */
export function endpointsFromEnvironment(env: Readonly<Record<string, string | undefined>>): Endpoints {
  return {
    ...publicEndpoints,
    authority: withoutTrailingSlash(env['AZURE_AUTHORITY_HOST'] || publicEndpoints.authority),
    metadata: withoutTrailingSlash(env['AZURE_POD_IDENTITY_AUTHORITY_HOST'] || publicEndpoints.metadata),
  }
}

function withoutTrailingSlash(url: string): string {
  const withScheme = /^https?:\/\//i.test(url) ? url : `https://${url}`
  return withScheme.replace(/\/+$/, '')
}

/** `GET /metadata/endpoints` in its three shapes (wire.md A.8): a legacy object, an array of clouds, one object. */
export function metadataEndpoints(baseUrl: string, apiVersion: string): object {
  const cloud = /^https:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(baseUrl) ? localCloud(baseUrl) : publicCloud
  if (apiVersion === '1.0' || apiVersion < '2018') {
    return {
      galleryEndpoint: cloud.gallery,
      graphEndpoint: cloud.graph,
      portalEndpoint: cloud.portal,
      authentication: { loginEndpoint: cloud.authentication.loginEndpoint, audiences: cloud.authentication.audiences },
    }
  }
  return apiVersion < '2022' ? [cloud] : cloud
}

const publicCloud = {
  name: 'AzureCloud',
  portal: 'https://portal.azure.com',
  authentication: {
    loginEndpoint: 'https://login.microsoftonline.com/',
    audiences: ['https://management.core.windows.net/', 'https://management.azure.com/'],
    tenant: 'common',
    identityProvider: 'AAD',
  },
  media: 'https://rest.media.azure.net',
  graphAudience: 'https://graph.windows.net/',
  graph: 'https://graph.windows.net/',
  microsoftGraphResourceId: 'https://graph.microsoft.com/',
  activeDirectoryDataLake: 'https://datalake.azure.net/',
  batch: 'https://batch.core.windows.net/',
  resourceManager: 'https://management.azure.com/',
  gallery: 'https://gallery.azure.com/',
  sqlManagement: 'https://management.core.windows.net:8443/',
  vmImageAliasDoc:
    'https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/aliases.json',
  suffixes: {
    storage: 'core.windows.net',
    keyVaultDns: 'vault.azure.net',
    sqlServerHostname: 'database.windows.net',
    acrLoginServer: 'azurecr.io',
    azureDataLakeStoreFileSystem: 'azuredatalakestore.net',
    azureDataLakeAnalyticsCatalogAndJob: 'azuredatalakeanalytics.net',
  },
}

function localCloud(baseUrl: string): typeof publicCloud {
  return {
    ...publicCloud,
    name: 'Lanyard',
    portal: baseUrl,
    authentication: {
      ...publicCloud.authentication,
      loginEndpoint: `${baseUrl}/`,
      audiences: [`${baseUrl}/`, 'https://management.core.windows.net/'],
    },
    graph: `${baseUrl}/`,
    graphAudience: publicCloud.microsoftGraphResourceId,
    resourceManager: `${baseUrl}/`,
  }
}

import { appService2017 } from './app-service-2017.ts'
import type { AppServiceProtocol } from './app-service.ts'

/**
 * Compute of Azure Machine Learning: the first protocol of App Service, with seconds for the end of a token, which is what MSAL
 * reads there (wire.md D.6).
 */
export const azureMl: AppServiceProtocol = { ...appService2017, expiresOn: String }

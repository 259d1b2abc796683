import { commandLineServices } from './command-line-services.ts'
import { documentedServices } from './documented-services.ts'
import { sdkServices } from './sdk-services.ts'
import { rowsOf, type ServiceResourceId } from './service-resource-id.ts'

/** The resource ids of Azure's services, in each cloud, with what vouches for each. */
export const resourceIds: readonly ServiceResourceId[] = rowsOf([...documentedServices, ...commandLineServices, ...sdkServices])

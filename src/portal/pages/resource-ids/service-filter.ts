import type { ServiceResourceId } from '../../../azure-services/service-resource-id.ts'
import type { ServiceFilter } from '../../paths.ts'

/** The rows that a filter leaves: every word of its text is in the service, the id or the source; the cloud is that one. */
export function filterServices(rows: readonly ServiceResourceId[], { filter = '', cloud }: ServiceFilter) {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => {
    const text = `${row.service}\n${row.resourceId}\n${row.source}`.toLowerCase()
    return (!cloud || row.cloud === cloud) && words.every((word) => text.includes(word))
  })
}

/** Names of the clouds, as people say them. */
export const cloudNames: Readonly<Record<ServiceResourceId['cloud'], string>> = {
  AzureCloud: 'Azure',
  AzureUSGovernment: 'Azure Government',
  AzureGermanCloud: 'Azure Germany (retired)',
  AzureChinaCloud: 'Azure China',
}

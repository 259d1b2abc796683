import type { RequestFacts } from '../../api/request-explanations.ts'

/** The endpoints, as people call them. */
export const endpointNames: Readonly<Record<RequestFacts['endpoint'], string>> = {
  metadata: 'Metadata endpoint of the machine',
  'token-endpoint': 'Token endpoint',
  'resource-manager': 'Resource Manager',
  graph: 'Microsoft Graph',
}

/** Why an assignment did not allow, in two words. */
export const outcomeNames: Readonly<Record<NonNullable<RequestFacts['assignments']>[number]['outcome'], string>> = {
  elsewhere: 'Other scope',
  lacksAction: 'Lacks the action',
  excepted: 'Excepted',
  unknownRole: 'Unknown role',
}

/** The version of each part of Resource Manager that this client speaks. */
export const apiVersions = {
  subscriptions: '2022-12-01',
  resources: '2024-11-01',
  groups: '2024-11-01',
  virtualMachines: '2024-11-01',
  identities: '2023-01-31',
  roleAssignments: '2022-04-01',
  roleDefinitions: '2022-05-01-preview',
} as const

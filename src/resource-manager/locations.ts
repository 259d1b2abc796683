/** The regions that subscriptions have: name and display name. Others are taken as well where a resource names them. */
export const regions: readonly (readonly [name: string, displayName: string])[] = [
  ['westeurope', 'West Europe'],
  ['northeurope', 'North Europe'],
  ['eastus', 'East US'],
  ['eastus2', 'East US 2'],
  ['westus', 'West US'],
  ['westus2', 'West US 2'],
  ['uksouth', 'UK South'],
  ['germanywestcentral', 'Germany West Central'],
  ['southeastasia', 'Southeast Asia'],
]

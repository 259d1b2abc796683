import type { JsonObject } from '../../src/resources/resource.ts'

/** The name that the managed-identity extension has as a rule. */
export const extensionName = 'ManagedIdentityExtensionForLinux'

/** The body that deploys the managed-identity extension to a machine. */
export function extensionBody(port: number | undefined, others: JsonObject = {}) {
  return {
    location: 'westeurope',
    properties: {
      publisher: 'Microsoft.ManagedIdentity',
      type: extensionName,
      typeHandlerVersion: '1.0',
      autoUpgradeMinorVersion: true,
      ...(port !== undefined && { settings: { port } }),
      ...others,
    },
  }
}

/** An extension that its publisher offers for virtual machines. */
export interface PublishedExtension {
  readonly publisher: string
  readonly type: string
  readonly os: 'Linux' | 'Windows'
  /** `major.minor.build`, oldest first. */
  readonly versions: readonly string[]
}

/** Publisher of the managed-identity extension. */
export const managedIdentityPublisher = 'Microsoft.ManagedIdentity'

/**
 * The extensions that can be deployed. The managed-identity extension is the one that does something; the others are those that
 * templates name most often, and are kept without being run.
 */
export const publishedExtensions: readonly PublishedExtension[] = [
  { publisher: managedIdentityPublisher, type: 'ManagedIdentityExtensionForLinux', os: 'Linux', versions: ['1.0.0.0'] },
  { publisher: managedIdentityPublisher, type: 'ManagedIdentityExtensionForWindows', os: 'Windows', versions: ['1.0.0.0'] },
  { publisher: 'Microsoft.Azure.ActiveDirectory', type: 'AADSSHLoginForLinux', os: 'Linux', versions: ['1.0.0.0'] },
  { publisher: 'Microsoft.Azure.ActiveDirectory', type: 'AADLoginForWindows', os: 'Windows', versions: ['1.0.0.0', '2.2.0.0'] },
  { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript', os: 'Linux', versions: ['2.0.7', '2.1.10'] },
  { publisher: 'Microsoft.Compute', type: 'CustomScriptExtension', os: 'Windows', versions: ['1.9.5', '1.10.15'] },
  { publisher: 'Microsoft.Azure.Monitor', type: 'AzureMonitorLinuxAgent', os: 'Linux', versions: ['1.33.0'] },
  { publisher: 'Microsoft.Azure.Monitor', type: 'AzureMonitorWindowsAgent', os: 'Windows', versions: ['1.33.0'] },
  { publisher: 'Microsoft.Azure.KeyVault', type: 'KeyVaultForLinux', os: 'Linux', versions: ['3.0.0'] },
  { publisher: 'Microsoft.Azure.KeyVault', type: 'KeyVaultForWindows', os: 'Windows', versions: ['3.0.0'] },
]

/** The extension of that name, in any casing; undefined when nobody publishes one. */
export function findPublished(publisher: string, type: string): PublishedExtension | undefined {
  const key = handlerKey(publisher, type)
  return publishedExtensions.find((one) => handlerKey(one.publisher, one.type) === key)
}

/**
 * Whether a version can be had by `major`, `major.minor` or in full. A minor version below the newest one is there as well: the
 * agent takes the newest of the same major.
 */
export function hasVersion({ versions }: PublishedExtension, wanted: string): boolean {
  const [major, minor = 0] = wanted.split('.').map(Number)
  return (
    /^\d+(\.\d+){0,3}$/.test(wanted) &&
    versions.some((version) => {
      const [ownMajor, ownMinor = 0] = version.split('.').map(Number)
      return ownMajor === major && minor <= ownMinor
    })
  )
}

/** What a machine can have one extension of. */
export function handlerKey(publisher: string, type: string): string {
  return `${publisher}.${type}`.toLowerCase()
}

import type { InstanceNode } from './instance-document.ts'

/** Field of `/instance` → the api-version that brought it (wire.md D.3). A field not named came with what encloses it. */
const since: Readonly<Record<string, string>> = {
  'compute.placementGroupId': '2017-08-01',
  'compute.resourceGroupName': '2017-08-01',
  'compute.subscriptionId': '2017-08-01',
  'compute.tags': '2017-08-01',
  'compute.vmScaleSetName': '2017-12-01',
  'compute.zone': '2017-12-01',
  'compute.plan': '2018-04-02',
  'compute.publicKeys': '2018-04-02',
  'compute.azEnvironment': '2018-10-01',
  'compute.provider': '2018-10-01',
  'compute.customData': '2019-02-01',
  'compute.resourceId': '2019-03-11',
  'compute.storageProfile': '2019-06-01',
  'compute.tagsList': '2019-06-04',
  'compute.isHostCompatibilityLayerVm': '2020-06-01',
  'compute.securityProfile': '2020-06-01',
  'compute.osProfile': '2020-07-15',
  'compute.licenseType': '2020-09-01',
  'compute.osProfile.disablePasswordAuthentication': '2020-10-01',
  'compute.evictionPolicy': '2020-12-01',
  'compute.priority': '2020-12-01',
  'compute.userData': '2021-01-01',
  'compute.storageProfile.resourceDisk': '2021-02-01',
  'compute.extendedLocation': '2021-03-01',
  'compute.virtualMachineScaleSet': '2021-03-01',
  'compute.storageProfile.dataDisks.bytesPerSecondThrottle': '2021-05-01',
  'compute.storageProfile.dataDisks.diskCapacityBytes': '2021-05-01',
  'compute.storageProfile.dataDisks.isSharedDisk': '2021-05-01',
  'compute.storageProfile.dataDisks.isUltraDisk': '2021-05-01',
  'compute.storageProfile.dataDisks.opsPerSecondThrottle': '2021-05-01',
  'compute.platformSubFaultDomain': '2021-10-01',
  'compute.additionalCapabilities': '2021-11-01',
  'compute.securityProfile.encryptionAtHost': '2021-11-01',
  'compute.host': '2021-11-15',
  'compute.hostGroup': '2021-11-15',
  'compute.securityProfile.securityType': '2021-12-13',
  'compute.storageProfile.imageReference.communityGalleryImageId': '2023-07-01',
  'compute.storageProfile.imageReference.exactVersion': '2023-07-01',
  'compute.storageProfile.imageReference.sharedGalleryImageId': '2023-07-01',
  'compute.physicalZone': '2023-11-15',
}

/**
 * The part of a document that an api-version has.
 * @param path names from the root to `node`, joined by dots; positions in arrays do not count
 */
export function asOfVersion(node: InstanceNode, version: string, path = ''): InstanceNode {
  if (typeof node === 'string') return node
  if (isList(node)) return node.map((item) => asOfVersion(item, version, path))
  const visible: Record<string, InstanceNode> = {}
  for (const [name, child] of Object.entries(node)) {
    const childPath = path === '' ? name : `${path}.${name}`
    if ((since[childPath] ?? '') <= version) visible[name] = asOfVersion(child, version, childPath)
  }
  return visible
}

/** Narrows to an array; `Array.isArray` does not for readonly ones. */
export function isList(node: InstanceNode): node is readonly InstanceNode[] {
  return Array.isArray(node)
}

import { parseResourceId } from '../../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../../resource-ids/resource-id.ts'
import { InvalidResourceInputError } from '../errors.ts'
import { isJsonObject, objectAt } from '../json-merge-patch.ts'
import type { JsonObject, Resource, ResourceStore } from '../resource.ts'
import type { Completion, ResourceKind } from '../resource-kind.ts'
import { findPublished, handlerKey, hasVersion, managedIdentityPublisher } from './published-extensions.ts'

const type = 'Microsoft.Compute/virtualMachines/extensions'

/** Where the managed-identity extension listens when its settings do not say it. */
export const usualExtensionPort = 50342

/** The deployment of an extension, as far as it can be told to fail. */
export interface ExtensionDeployment {
  /** ARM id of the machine. */
  readonly machineId: string
  readonly name: string
}

/** What went wrong on the machine, in its agent's words; undefined when nothing did. */
export type DeployExtension = (deployment: ExtensionDeployment) => string | undefined

/**
 * `…/virtualMachines/{machine}/extensions/{name}`. A deployment is over when it is written: it has succeeded, or it has failed and
 * stays with what the machine reported in its instance view. Writing it again deploys it anew.
 */
export const virtualMachineExtensionKind: ResourceKind = {
  type,
  needsLocation: true,
  mayHaveIdentity: false,
  checkName({ name }) {
    if (/^[^_\W][\w.-]{0,79}(?<![-.])$/.test(name)) return
    throw invalid(`The entity name '${name}' is invalid according to its validation rule: ^[^_\\W][\\w-._]{0,79}(?<![-.])$.`)
  },
  async complete(completion) {
    const { id, properties, now } = completion
    const publisher = required(properties, 'publisher')
    const handler = required(properties, 'type')
    const version = required(properties, 'typeHandlerVersion')
    const published = await requirePublished(completion, { publisher, handler, version })
    await refuseSecondOfHandler(completion, `${publisher}.${handler}`)
    const deployed = await deploy(completion, published.publisher)
    // The protected settings are write-only in Azure; here they are not even kept.
    const { protectedSettings: _secret, instanceView: _shown, ...rest } = properties
    return {
      ...rest,
      publisher,
      type: handler,
      typeHandlerVersion: version,
      autoUpgradeMinorVersion: properties['autoUpgradeMinorVersion'] ?? false,
      provisioningState: deployed.failure === undefined ? 'Succeeded' : 'Failed',
      instanceView: {
        name: id.name,
        type: `${publisher}.${handler}`,
        typeHandlerVersion: published.versions.at(-1),
        statuses: [statusOf(deployed.failure, now)],
      },
    }
  },
}

/** An extension of a virtual machine, whichever. */
export function isMachineExtension(id: ResourceId): boolean {
  return id.type.toLowerCase() === type.toLowerCase()
}

/** The extensions of a machine. @param machineKey its ARM id in lower case */
export async function extensionsOf(
  resources: Pick<ResourceStore, 'listResourcesBelow'>,
  machineKey: string,
): Promise<readonly Resource[]> {
  return (await resources.listResourcesBelow(machineKey)).filter(({ id }) => isMachineExtension(parseResourceId(id)))
}

/**
 * The port on which the managed-identity extension of a machine answers; undefined while it is not deployed there, or its
 * deployment has failed.
 * @param machineKey its ARM id in lower case
 */
export async function managedIdentityPort(
  resources: Pick<ResourceStore, 'listResourcesBelow'>,
  machineKey: string,
): Promise<number | undefined> {
  const found = (await extensionsOf(resources, machineKey)).find(
    ({ properties }) =>
      String(properties['publisher']).toLowerCase() === managedIdentityPublisher.toLowerCase() &&
      properties['provisioningState'] === 'Succeeded',
  )
  return found && portOf(found.properties)
}

/** Why a deployment failed, as Azure's clients are told; undefined when it did not. */
export function deploymentFailure({ id, properties }: Resource): { code: string; message: string } | undefined {
  if (properties['provisioningState'] !== 'Failed') return undefined
  const statuses = objectAt(properties, 'instanceView')['statuses']
  const [status] = Array.isArray(statuses) ? (statuses as unknown[]) : []
  const message = isJsonObject(status) ? status['message'] : undefined
  const told = typeof message === 'string' ? message : ''
  return {
    code: 'VMExtensionProvisioningError',
    message: `VM has reported a failure when processing extension '${parseResourceId(id).name}' (publisher '${String(properties['publisher'])}' and type '${String(properties['type'])}'). Error message: '${told}'. More information on troubleshooting is available at https://aka.ms/VMExtensionTroubleshoot.`,
  }
}

function statusOf(failure: string | undefined, now: number): JsonObject {
  const time = new Date(now).toISOString()
  return failure === undefined
    ? { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded', message: 'Ready', time }
    : { code: 'ProvisioningState/failed/1', level: 'Error', displayStatus: 'Provisioning failed', message: failure, time }
}

/** What the machine's agent makes of the deployment. */
async function deploy(completion: Completion, publisher: string): Promise<{ readonly failure: string | undefined }> {
  const { id, properties, deployExtension } = completion
  const failure = deployExtension?.({ machineId: id.parent?.text ?? '', name: id.name })
  if (failure !== undefined || publisher !== managedIdentityPublisher || portOf(properties) !== undefined) return { failure }
  const port = JSON.stringify(objectAt(properties, 'settings')['port'])
  return { failure: `Enable failed: the setting 'port' is ${port}, and must be a whole number from 1 to 65535.` }
}

function portOf(properties: JsonObject): number | undefined {
  const { port = usualExtensionPort } = objectAt(properties, 'settings')
  // Templates write numbers as text now and then.
  const number = typeof port === 'string' && /^\d+$/.test(port) ? Number(port) : port
  return typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= 65_535 ? number : undefined
}

/** @throws InvalidResourceInputError ArtifactNotFound, ArtifactVersionNotFound */
async function requirePublished(
  { stores, id, location }: Completion,
  { publisher, handler, version }: { publisher: string; handler: string; version: string },
) {
  const published = findPublished(publisher, handler)
  if (!published) {
    throw new InvalidResourceInputError(
      'ArtifactNotFound',
      `The VM extension with publisher '${publisher}' and type '${handler}' could not be found in location '${location ?? ''}'.`,
    )
  }
  const machine = await stores.resources.findResource(id.parent?.key ?? '')
  const disk = objectAt(objectAt(machine?.properties ?? {}, 'storageProfile'), 'osDisk')
  const os = disk['osType'] === 'Windows' ? 'Windows' : 'Linux'
  if (os !== published.os) {
    throw new InvalidResourceInputError(
      'ArtifactNotFound',
      `Extension with publisher '${publisher}', type '${handler}', and type handler version '${version}' could not be found in the extension repository. The machine runs ${os}, and this is an extension for ${published.os}.`,
    )
  }
  if (!hasVersion(published, version)) {
    throw new InvalidResourceInputError(
      'ArtifactVersionNotFound',
      `No version found in the artifact repository that satisfies the requested version '${version}' for VM extension with publisher '${publisher}' and type '${handler}'.`,
    )
  }
  return published
}

/** @throws InvalidResourceInputError BadRequest when the machine has an extension of this handler under another name */
async function refuseSecondOfHandler({ stores, id }: Completion, handler: string): Promise<void> {
  const others = await extensionsOf(stores.resources, id.parent?.key ?? '')
  const same = others.find(
    ({ id: other, properties }) =>
      other.toLowerCase() !== id.key &&
      handlerKey(String(properties['publisher']), String(properties['type'])) === handler.toLowerCase(),
  )
  if (!same) return
  const os = findPublished(String(same.properties['publisher']), String(same.properties['type']))?.os ?? 'Linux'
  throw new InvalidResourceInputError(
    'BadRequest',
    `Multiple VMExtensions per handler not supported for OS type '${os}'. VMExtension '${parseResourceId(same.id).name}' with handler '${handler}' already added or specified in input.`,
  )
}

/** @throws InvalidResourceInputError when the property is not a text */
function required(properties: JsonObject, name: string): string {
  const value = properties[name]
  if (typeof value === 'string' && value !== '') return value
  throw invalid(
    value === undefined || value === null
      ? `Required parameter '${name}' is missing (null).`
      : `The value of parameter ${name} is invalid.`,
  )
}

function invalid(message: string): InvalidResourceInputError {
  return new InvalidResourceInputError('InvalidParameter', message)
}

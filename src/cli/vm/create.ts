import { groupOf } from '../../api-client/index.ts'
import { resource } from '../../contracts/resource.ts'
import { parseKeyValues } from '../session/key-values.ts'
import { locationOrGroups } from '../session/location.ts'
import { addNameOptions, idOf, type NameOptions } from '../session/named-resource.ts'
import { defineVerb } from '../verb.ts'
import { describeIdentities, machineKind, machinePath, parseIdentities } from './machine.ts'
import { virtualMachineBody } from './virtual-machine-body.ts'

interface CreateOptions extends NameOptions {
  readonly location?: string
  readonly assignIdentity?: readonly string[] | true
  readonly size: string
  readonly image: string
  readonly adminUsername: string
  readonly sshKeyValues?: readonly string[]
  readonly nics?: readonly string[]
  readonly tags?: readonly string[]
}

/** `lanyard vm create` */
export const create = defineVerb<CreateOptions>({
  name: 'create',
  summary: 'Create a virtual machine',
  examples: [
    'vm create -g lanyard -n web-1 --assign-identity',
    'vm create -g lanyard -n web-2 --assign-identity [system] app --tags env=dev',
  ],
  configure: (command) => {
    addNameOptions(command, machineKind)
      .option('-l, --location <region>', "its region; the resource group's when left out")
      .option('--assign-identity [identities...]', '[system], or names or ids of user-assigned identities')
      .option('--size <size>', 'its size', 'Standard_DS1_v2')
      .option('--image <urn>', 'alias, URN or id of the image', 'Ubuntu2204')
      .option('--admin-username <name>', 'its first user', 'azureuser')
      .option('--ssh-key-values <key...>', 'public keys of that user')
      .option('--nics <id...>', 'ids of its network interfaces (Azure itself needs one)')
      .option('--tags <key=value...>', 'its tags')
  },
  run: async (session, options) => {
    const { name, size, image, adminUsername, assignIdentity, sshKeyValues, nics, tags } = options
    const id = await idOf(session, options, machineKind)
    const body = virtualMachineBody({
      name,
      size,
      image,
      adminUsername,
      location: await locationOrGroups(session, options.resourceGroup, options.location),
      sshKeys: sshKeyValues ?? [],
      networkInterfaces: nics ?? [],
      tags: tags && parseKeyValues(tags),
      identities: assignIdentity === undefined ? undefined : parseIdentities(id, assignIdentity),
    })
    const created = resource.parse(await session.arm.callAndWait({ method: 'PUT', path: machinePath(id), body }))
    return {
      id: created.id,
      location: created.location,
      powerState: 'VM running',
      resourceGroup: groupOf(created.id),
      ...(created.identity && { identity: describeIdentities(created.identity) }),
    }
  },
})

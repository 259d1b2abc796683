import { UsageError } from '../exit-codes.ts'
import { identityType, type WantedIdentities } from './machine.ts'

const aliases: Readonly<Record<string, string>> = {
  ubuntu2204: 'Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:latest',
  ubuntu2404: 'Canonical:ubuntu-24_04-lts:server:latest',
  debian12: 'Debian:debian-12:12-gen2:latest',
}

export interface NewMachine {
  readonly name: string
  readonly location: string | undefined
  readonly size: string
  readonly image: string
  readonly adminUsername: string
  readonly sshKeys: readonly string[]
  readonly networkInterfaces: readonly string[]
  readonly tags: Readonly<Record<string, string>> | undefined
  readonly identities: WantedIdentities | undefined
}

/** The body of the PUT that creates a virtual machine. @throws UsageError for an image that is neither an alias nor a URN */
export function virtualMachineBody(machine: NewMachine): Record<string, unknown> {
  const { location, tags, identities } = machine
  return {
    location,
    ...(tags && { tags }),
    ...(identities && { identity: identityBody(identities) }),
    properties: {
      hardwareProfile: { vmSize: machine.size },
      storageProfile: { imageReference: imageReference(machine.image), osDisk: { createOption: 'FromImage' } },
      osProfile: {
        computerName: machine.name,
        adminUsername: machine.adminUsername,
        linuxConfiguration: {
          disablePasswordAuthentication: true,
          ssh: {
            publicKeys: machine.sshKeys.map((keyData) => ({
              keyData,
              path: `/home/${machine.adminUsername}/.ssh/authorized_keys`,
            })),
          },
        },
      },
      networkProfile: {
        networkInterfaces: machine.networkInterfaces.map((id, index) => ({ id, properties: { primary: index === 0 } })),
      },
    },
  }
}

function identityBody({ system, userAssigned }: WantedIdentities): Record<string, unknown> {
  const type = identityType(system, userAssigned.length > 0)
  if (userAssigned.length === 0) return { type }
  return { type, userAssignedIdentities: Object.fromEntries(userAssigned.map((id) => [id, {}])) }
}

function imageReference(image: string): Record<string, string> {
  if (image.startsWith('/')) return { id: image }
  const [publisher, offer, sku, version, ...more] = (aliases[image.toLowerCase()] ?? image).split(':')
  if (!publisher || !offer || !sku || !version || more.length > 0) {
    throw new UsageError(
      `Invalid image "${image}". Use a URN (Publisher:Offer:Sku:Version), an image id or one of: Ubuntu2204, Ubuntu2404, Debian12.`,
    )
  }
  return { publisher, offer, sku, version }
}

import { resource } from '../../../contracts/resource.ts'
import { NotFoundError } from '../../exit-codes.ts'
import { defineVerb } from '../../verb.ts'
import {
  addNameOptions,
  identityType,
  machinePath,
  parseIdentities,
  readMachine,
  userAssignedIds,
  type NameOptions,
} from '../machine.ts'

interface RemoveOptions extends NameOptions {
  readonly identities?: readonly string[]
}

/** `lanyard vm identity remove` */
export const remove = defineVerb<RemoveOptions>({
  name: 'remove',
  summary: 'Take identities from a machine',
  examples: ['vm identity remove -g lanyard -n web-1', 'vm identity remove -g lanyard -n web-1 --identities app'],
  configure: (command) => {
    addNameOptions(command).option(
      '--identities <identity...>',
      '[system], or names or ids of user-assigned identities; [system] when left out',
    )
  },
  run: async (session, options) => {
    const unwanted = await parseIdentities(session, options.resourceGroup, options.identities)
    const { identity } = await readMachine(session, options)
    const present = userAssignedIds(identity)
    const lower = new Set(unwanted.userAssigned.map((id) => id.toLowerCase()))
    const leaving = present.filter((id) => lower.has(id.toLowerCase()))
    if (leaving.length < lower.size) {
      const known = new Set(present.map((id) => id.toLowerCase()))
      throw new NotFoundError(
        `'${[...lower].filter((id) => !known.has(id)).join(', ')}' are not associated with '${options.name}'`,
      )
    }
    const system = /SystemAssigned/i.test(identity?.type ?? '') && !unwanted.system
    const type = identityType(system, present.length > leaving.length)
    const detached = Object.fromEntries(leaving.map((id) => [id, null]))
    // A PATCH to None or SystemAssigned drops the map as a whole; naming ids along with it is refused.
    const withMap = leaving.length > 0 && type.includes('UserAssigned')
    const body = { identity: { type, ...(withMap && { userAssignedIdentities: detached }) } }
    const path = await machinePath(session, options)
    return resource.parse(await session.arm.callAndWait({ method: 'PATCH', path, body })).identity
  },
})

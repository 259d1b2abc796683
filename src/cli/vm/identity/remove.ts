import { resource, type IdentityBlock } from '../../../contracts/resource.ts'
import { NotFoundError } from '../../exit-codes.ts'
import { addIdOptions, forEachNamed, type IdOptions } from '../../session/named-resource.ts'
import type { Session } from '../../session/session.ts'
import { defineVerb } from '../../verb.ts'
import { identityType, machineKind, machinePath, parseIdentities, readMachine, userAssignedIds } from '../machine.ts'

interface RemoveOptions extends IdOptions {
  readonly identities?: readonly string[]
}

/** `lanyard vm identity remove` */
export const remove = defineVerb<RemoveOptions>({
  name: 'remove',
  summary: 'Take identities from a machine',
  examples: ['vm identity remove -g lanyard -n web-1', 'vm identity remove -g lanyard -n web-1 --identities app'],
  configure: (command) => {
    addIdOptions(command, machineKind).option(
      '--identities <identity...>',
      '[system], or names or ids of user-assigned identities; [system] when left out',
    )
  },
  run: (session, options) => forEachNamed(session, options, machineKind, (id) => removeFrom(session, id, options.identities)),
})

async function removeFrom(
  session: Session,
  id: string,
  named: RemoveOptions['identities'],
): Promise<IdentityBlock | null | undefined> {
  const unwanted = parseIdentities(id, named)
  const { identity } = await readMachine(session, id)
  const present = userAssignedIds(identity)
  const lower = new Set(unwanted.userAssigned.map((one) => one.toLowerCase()))
  const leaving = present.filter((one) => lower.has(one.toLowerCase()))
  if (leaving.length < lower.size) {
    const known = new Set(present.map((one) => one.toLowerCase()))
    const missing = [...lower].filter((one) => !known.has(one)).join(', ')
    throw new NotFoundError(`'${missing}' are not associated with '${id.split('/').at(-1) ?? ''}'`)
  }
  const system = /SystemAssigned/i.test(identity?.type ?? '') && !unwanted.system
  const type = identityType(system, present.length > leaving.length)
  const detached = Object.fromEntries(leaving.map((one) => [one, null]))
  // A PATCH to None or SystemAssigned drops the map as a whole; naming ids along with it is refused.
  const withMap = leaving.length > 0 && type.includes('UserAssigned')
  const body = { identity: { type, ...(withMap && { userAssignedIdentities: detached }) } }
  return resource.parse(await session.arm.callAndWait({ method: 'PATCH', path: machinePath(id), body })).identity
}

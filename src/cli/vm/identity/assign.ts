import { resource } from '../../../contracts/resource.ts'
import { UsageError } from '../../exit-codes.ts'
import { grantRole } from '../../role/assignment/grant.ts'
import { addIdOptions, forEachNamed, type IdOptions } from '../../session/named-resource.ts'
import type { Session } from '../../session/session.ts'
import { defineVerb } from '../../verb.ts'
import {
  describeIdentities,
  identityType,
  machineKind,
  machinePath,
  parseIdentities,
  readMachine,
  userAssignedIds,
} from '../machine.ts'

interface AssignOptions extends IdOptions {
  readonly identities?: readonly string[]
  readonly role?: string
  readonly scope?: string
}

/** `lanyard vm identity assign`: adds to what the machine has. */
export const assign = defineVerb<AssignOptions>({
  name: 'assign',
  summary: 'Give a machine identities',
  examples: [
    'vm identity assign -g lanyard -n web-1',
    'vm identity assign -g lanyard -n web-1 --identities [system] app --role Reader --scope SCOPE',
  ],
  configure: (command) => {
    addIdOptions(command, machineKind)
      .option('--identities <identity...>', '[system], or names or ids of user-assigned identities; [system] when left out')
      .option('--role <name-or-id>', 'also give the system-assigned identity this role')
      .option('--scope <id>', 'where the role applies')
  },
  run: async (session, options) => {
    if ((options.role === undefined) !== (options.scope === undefined))
      throw new UsageError("'--role' and '--scope' go together.")
    return forEachNamed(session, options, machineKind, (id) => assignTo(session, id, options))
  },
})

async function assignTo(session: Session, id: string, options: AssignOptions): Promise<Record<string, unknown>> {
  const wanted = parseIdentities(id, options.identities)
  const { identity } = await readMachine(session, id)
  const system = wanted.system || /SystemAssigned/i.test(identity?.type ?? '')
  const type = identityType(system, wanted.userAssigned.length + userAssignedIds(identity).length > 0)
  const added = Object.fromEntries(wanted.userAssigned.map((one) => [one, {}]))
  const body = { identity: { type, ...(wanted.userAssigned.length > 0 && { userAssignedIdentities: added }) } }
  const changed = resource.parse(await session.arm.callAndWait({ method: 'PATCH', path: machinePath(id), body }))
  const principalId = changed.identity?.principalId
  if (options.role !== undefined && options.scope !== undefined) {
    if (principalId === undefined)
      throw new UsageError("'--role' is for the system-assigned identity, which the machine has not.")
    await grantRole(session, { principalId, principalType: 'ServicePrincipal', role: options.role, scope: options.scope })
  }
  return describeIdentities(changed.identity)
}

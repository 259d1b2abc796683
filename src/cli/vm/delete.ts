import { confirm } from '../session/confirm.ts'
import { addIdOptions, forEachNamed, type IdOptions } from '../session/named-resource.ts'
import { defineVerb } from '../verb.ts'
import { machineKind, machinePath } from './machine.ts'

/** `lanyard vm delete` */
export const remove = defineVerb<IdOptions & { readonly yes?: boolean }>({
  name: 'delete',
  summary: 'Delete a virtual machine and its system-assigned identity',
  examples: ['vm delete -g lanyard -n web-1 --yes'],
  configure: (command) => {
    addIdOptions(command, machineKind).option('-y, --yes', 'do not ask')
  },
  run: async (session, options) => {
    await confirm(session.io, options.yes)
    await forEachNamed(session, options, machineKind, (id) =>
      session.arm.callAndWait({ method: 'DELETE', path: machinePath(id) }),
    )
  },
})

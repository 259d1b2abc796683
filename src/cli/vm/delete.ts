import { confirm } from '../session/confirm.ts'
import { defineVerb } from '../verb.ts'
import { addNameOptions, machinePath, type NameOptions } from './machine.ts'

/** `lanyard vm delete` */
export const remove = defineVerb<NameOptions & { readonly yes?: boolean }>({
  name: 'delete',
  summary: 'Delete a virtual machine and its system-assigned identity',
  examples: ['vm delete -g lanyard -n web-1 --yes'],
  configure: (command) => {
    addNameOptions(command).option('-y, --yes', 'do not ask')
  },
  run: async (session, options) => {
    const path = await machinePath(session, options)
    await confirm(session.io, options.yes)
    await session.arm.callAndWait({ method: 'DELETE', path })
  },
})

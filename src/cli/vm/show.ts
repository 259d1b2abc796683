import { flattened } from '../session/describe.ts'
import { addIdOptions, forEachNamed, type IdOptions } from '../session/named-resource.ts'
import { defineVerb } from '../verb.ts'
import { machineKind, readMachine } from './machine.ts'

/** `lanyard vm show` */
export const show = defineVerb<IdOptions>({
  name: 'show',
  summary: 'Show a virtual machine',
  examples: ['vm show -g lanyard -n web-1 --query identity.principalId -o tsv', 'vm show --ids ID'],
  configure: (command) => {
    addIdOptions(command, machineKind)
  },
  run: (session, options) => forEachNamed(session, options, machineKind, async (id) => flattened(await readMachine(session, id))),
})

import { addIdOptions, forEachNamed, type IdOptions } from '../../session/named-resource.ts'
import { defineVerb } from '../../verb.ts'
import { machineKind, readMachine } from '../machine.ts'

/** `lanyard vm identity show` */
export const show = defineVerb<IdOptions>({
  name: 'show',
  summary: "Show a machine's identities",
  examples: ['vm identity show -g lanyard -n web-1'],
  configure: (command) => {
    addIdOptions(command, machineKind)
  },
  run: (session, options) => forEachNamed(session, options, machineKind, async (id) => (await readMachine(session, id)).identity),
})

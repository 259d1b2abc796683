import { defineVerb } from '../../verb.ts'
import { addNameOptions, readMachine, type NameOptions } from '../machine.ts'

/** `lanyard vm identity show` */
export const show = defineVerb<NameOptions>({
  name: 'show',
  summary: "Show a machine's identities",
  examples: ['vm identity show -g lanyard -n web-1'],
  configure: (command) => {
    addNameOptions(command)
  },
  run: async (session, options) => (await readMachine(session, options)).identity,
})

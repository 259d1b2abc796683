import { flattened } from '../session/describe.ts'
import { defineVerb } from '../verb.ts'
import { addNameOptions, readMachine, type NameOptions } from './machine.ts'

/** `lanyard vm show` */
export const show = defineVerb<NameOptions>({
  name: 'show',
  summary: 'Show a virtual machine',
  examples: ['vm show -g lanyard -n web-1 --query identity.principalId -o tsv'],
  configure: (command) => {
    addNameOptions(command)
  },
  run: async (session, options) => flattened(await readMachine(session, options)),
})

import { resource } from '../../contracts/resource.ts'
import { flattened } from '../session/describe.ts'
import { defineVerb } from '../verb.ts'
import { addNameOptions, identityPath, type NameOptions } from './name-options.ts'

/** `lanyard identity show` */
export const show = defineVerb<NameOptions>({
  name: 'show',
  summary: 'Show a user-assigned identity',
  examples: ['identity show -g lanyard -n app --query clientId -o tsv'],
  configure: (command) => {
    addNameOptions(command)
  },
  run: async (session, options) =>
    flattened(resource.parse(await session.arm.call({ method: 'GET', path: await identityPath(session, options) }))),
})

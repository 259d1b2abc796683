import { defineVerb } from '../verb.ts'
import { addNameOptions, identityPath, type NameOptions } from './name-options.ts'

/** `lanyard identity delete`: does not ask, as `az` does not. */
export const remove = defineVerb<NameOptions>({
  name: 'delete',
  summary: 'Delete a user-assigned identity',
  examples: ['identity delete -g lanyard -n app'],
  configure: (command) => {
    addNameOptions(command)
  },
  run: async (session, options) => {
    await session.arm.callAndWait({ method: 'DELETE', path: await identityPath(session, options) })
  },
})

import { addIdOptions, forEachNamed, type IdOptions } from '../session/named-resource.ts'
import { defineVerb } from '../verb.ts'
import { identityKind, identityPath } from './user-assigned-identity.ts'

/** `lanyard identity delete`: does not ask, as `az` does not. */
export const remove = defineVerb<IdOptions>({
  name: 'delete',
  summary: 'Delete a user-assigned identity',
  examples: ['identity delete -g lanyard -n app'],
  configure: (command) => {
    addIdOptions(command, identityKind)
  },
  run: async (session, options) => {
    await forEachNamed(session, options, identityKind, (id) =>
      session.arm.callAndWait({ method: 'DELETE', path: identityPath(id) }),
    )
  },
})

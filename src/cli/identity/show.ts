import { resource } from '../../contracts/resource.ts'
import { flattened } from '../session/describe.ts'
import { addIdOptions, forEachNamed, type IdOptions } from '../session/named-resource.ts'
import { defineVerb } from '../verb.ts'
import { identityKind, identityPath } from './user-assigned-identity.ts'

/** `lanyard identity show` */
export const show = defineVerb<IdOptions>({
  name: 'show',
  summary: 'Show a user-assigned identity',
  examples: ['identity show -g lanyard -n app --query clientId -o tsv', 'identity show --ids ID'],
  configure: (command) => {
    addIdOptions(command, identityKind)
  },
  run: (session, options) =>
    forEachNamed(session, options, identityKind, async (id) =>
      flattened(resource.parse(await session.arm.call({ method: 'GET', path: identityPath(id) }))),
    ),
})

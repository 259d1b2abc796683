import { resource } from '../../contracts/resource.ts'
import { flattened } from '../session/describe.ts'
import { parseKeyValues } from '../session/key-values.ts'
import { locationOrGroups } from '../session/location.ts'
import { addNameOptions, idOf, type NameOptions } from '../session/named-resource.ts'
import { defineVerb } from '../verb.ts'
import { identityKind, identityPath } from './user-assigned-identity.ts'

interface CreateOptions extends NameOptions {
  readonly location?: string
  readonly tags?: readonly string[]
}

/** `lanyard identity create` */
export const create = defineVerb<CreateOptions>({
  name: 'create',
  summary: 'Create a user-assigned identity',
  examples: ['identity create -g lanyard -n app'],
  configure: (command) => {
    addNameOptions(command, identityKind)
      .option('-l, --location <region>', "its region; the resource group's when left out")
      .option('--tags <key=value...>', 'its tags')
  },
  run: async (session, options) => {
    const location = await locationOrGroups(session, options.resourceGroup, options.location)
    const body = { location, ...(options.tags && { tags: parseKeyValues(options.tags) }) }
    const path = identityPath(await idOf(session, options, identityKind))
    return flattened(resource.parse(await session.arm.call({ method: 'PUT', path, body })))
  },
})

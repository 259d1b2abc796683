import { apiVersions, groupPath } from '../../api-client/index.ts'
import { defineVerb } from '../verb.ts'

const version = `?api-version=${apiVersions.groups}`

/** `lanyard group exists` */
export const exists = defineVerb<{ readonly name: string }>({
  name: 'exists',
  summary: 'Say whether a resource group exists',
  examples: ['group exists -n lanyard'],
  configure: (command) => {
    command.requiredOption('-n, --name <name>', 'name of the resource group')
  },
  run: async (session, { name }) => {
    const reply = await session.arm.send({ method: 'HEAD', path: `${groupPath((await session.account()).id, name)}${version}` })
    if (reply.status === 404) return false
    if (reply.status < 300) return true
    // A HEAD has no body to say why.
    return session.arm
      .call({ method: 'GET', path: `${groupPath((await session.account()).id, name)}${version}` })
      .then(() => true)
  },
})

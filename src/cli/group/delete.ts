import { apiVersions, groupPath } from '../../api-client/index.ts'
import { confirm } from '../session/confirm.ts'
import { defineVerb } from '../verb.ts'

interface DeleteOptions {
  readonly name: string
  readonly yes?: boolean
}

/** `lanyard group delete` */
export const remove = defineVerb<DeleteOptions>({
  name: 'delete',
  summary: 'Delete a resource group and everything in it',
  examples: ['group delete -n lanyard --yes'],
  configure: (command) => {
    command.requiredOption('-n, --name <name>', 'name of the resource group').option('-y, --yes', 'do not ask')
  },
  run: async (session, { name, yes }) => {
    const { id } = await session.account()
    await confirm(session.io, yes)
    await session.arm.callAndWait({ method: 'DELETE', path: `${groupPath(id, name)}?api-version=${apiVersions.groups}` })
  },
})

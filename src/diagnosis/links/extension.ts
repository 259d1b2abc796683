import { isOnLanyard, type Failure, type Link, type LinkContext } from '../link.ts'
import { namesOf } from '../machine-names.ts'
import { isAnswered } from '../probe.ts'
import { extensionAddress } from '../questions.ts'
import { refusalOf, tokenIn } from './token-in.ts'

const usualPort = 50342

/** Does the retired virtual machine extension answer, for clients that ask it? */
export const extension: Link = {
  id: 'extension',
  title: 'Extension',
  async check(context) {
    const { surroundings, source, questions } = context
    const isAsked = surroundings.usesExtension || Boolean(surroundings.env['MSI_ENDPOINT'])
    if (source.kind !== 'vm' || !isAsked) return { state: 'skipped', detail: 'nothing here asks it (--extension looks at it)' }
    const { host } = new URL(extensionAddress(surroundings))
    const answer = await questions.extension()
    if (tokenIn(answer) !== undefined) return { state: 'passed', detail: `${host} gives a token` }
    return missing(context, `${host}: ${isAnswered(answer) ? `${answer.status} ${refusalOf(answer.text)}` : answer.reason}`)
  },
}

function missing({ surroundings, facts }: LinkContext, detail: string): Failure {
  const { group, name } = namesOf(facts.machineId)
  const extensionName = `ManagedIdentityExtensionFor${facts.osType === 'Windows' ? 'Windows' : 'Linux'}`
  const port = Number(new URL(extensionAddress(surroundings)).port || usualPort)
  const settings = port === usualPort ? '' : ` --settings '{"port": ${port}}'`
  const set = `vm extension set -g ${group} --vm-name ${name} --publisher Microsoft.ManagedIdentity --name ${extensionName}${settings}`
  const list = `vm extension list -g ${group} --vm-name ${name} -o table`
  return {
    state: 'failed',
    class: 'no-extension',
    detail,
    cause: `The client asks the virtual machine extension for tokens, and ${extensionName} is not deployed on ${name}, or its deployment failed. Azure has retired it: 169.254.169.254 gives the same tokens without it.`,
    fixes: [
      {
        summary: 'Deploy the extension, or deploy it again.',
        az: `az ${list}\naz ${set}`,
        powershell: `Set-AzVMExtension -ResourceGroupName ${group} -VMName ${name} -Name ${extensionName} -Publisher Microsoft.ManagedIdentity -ExtensionType ${extensionName} -TypeHandlerVersion 1.0 -Settings @{port=${port}}`,
        portal: 'Virtual machine > Settings > Extensions + applications',
        lanyard: `${isOnLanyard(surroundings) ? 'lanyard fault list    # extension-failure makes it fail on purpose\n' : ''}lanyard ${set}`,
        ...(facts.machineId !== undefined && {
          repair: { kind: 'deploy-extension', machineId: facts.machineId, extension: extensionName, port },
        }),
      },
      {
        summary: 'Or lead the client to the new address: take the old one out of the environment, and update the client.',
        az: 'unset MSI_ENDPOINT MSI_SECRET\naz upgrade',
        powershell: 'Remove-Item Env:MSI_ENDPOINT',
      },
    ],
  }
}

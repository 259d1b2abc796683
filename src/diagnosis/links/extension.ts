import { isOnLanyard, type Failure, type Link, type LinkContext } from '../link.ts'
import { namesOf } from '../machine-names.ts'
import { isAnswered } from '../probe.ts'
import { refusalOf, tokenIn } from './token-in.ts'

/** Does the retired virtual machine extension answer, for clients that ask it? */
export const extension: Link = {
  id: 'extension',
  title: 'Extension',
  async check(context) {
    const { surroundings, questions } = context
    const { MSI_ENDPOINT: old = '' } = surroundings.env
    if (!surroundings.usesExtension && !/:50342\b/.test(old))
      return { state: 'skipped', detail: 'nothing here asks localhost:50342' }
    const answer = await questions.extension()
    if (isAnswered(answer) && tokenIn(answer) !== undefined) return { state: 'passed', detail: 'localhost:50342 gives a token' }
    return missing(context, isAnswered(answer) ? `${answer.status} ${refusalOf(answer.text)}` : answer.reason)
  },
}

function missing({ surroundings, facts }: LinkContext, told: string): Failure {
  const { group, name } = namesOf(facts.machineId)
  const extensionName = `ManagedIdentityExtensionFor${facts.osType === 'Windows' ? 'Windows' : 'Linux'}`
  const set = `vm extension set -g ${group} --vm-name ${name} --publisher Microsoft.ManagedIdentity --name ${extensionName}`
  return {
    state: 'failed',
    class: 'no-extension',
    detail: `localhost:50342: ${told}`,
    cause: `The client asks the virtual machine extension for tokens, and ${extensionName} is not deployed on ${name}, or its deployment failed. Azure has retired it: 169.254.169.254 gives the same tokens without it.`,
    fixes: [
      {
        summary: 'Deploy the extension, or deploy it again.',
        az: `az vm extension list -g ${group} --vm-name ${name} -o table\naz ${set}`,
        powershell: `Set-AzVMExtension -ResourceGroupName ${group} -VMName ${name} -Name ${extensionName} -Publisher Microsoft.ManagedIdentity -ExtensionType ${extensionName} -TypeHandlerVersion 1.0 -Settings @{port=50342}`,
        portal: 'Virtual machine > Settings > Extensions + applications',
        ...(isOnLanyard(surroundings) && { lanyard: 'lanyard doctor --extension --fix' }),
        ...(facts.machineId !== undefined && {
          repair: { kind: 'deploy-extension', machineId: facts.machineId, extension: extensionName },
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

import type { Facts, Failure } from '../link.ts'
import { namesOf } from '../machine-names.ts'

/** Reader at the machine, for the principal of the token. */
export function readerFix({ machineId, principalId, token }: Facts): Failure['fixes'] {
  const { group, name, what, az } = namesOf(machineId)
  const scope = machineId ?? 'SCOPE'
  const claimed = token?.claims['xms_mirid']
  const holder = typeof claimed === 'string' ? claimed : scope
  const principal = principalId ?? 'PRINCIPAL-ID'
  const command = (program: string) =>
    `${program} role assignment create --assignee-object-id ${principal} --assignee-principal-type ServicePrincipal --role Reader --scope "${scope}"`
  return [
    {
      summary: `Give the identity the role Reader at ${what} ${name}; at its group ${group} or the subscription it works as well.`,
      az: command('az'),
      powershell: `New-AzRoleAssignment -ObjectId ${principal} -RoleDefinitionName Reader -Scope "${scope}"`,
      portal: `${az === 'vm' ? 'Virtual machine' : 'The resource'} > Access control (IAM) > Add > Add role assignment > Reader > Managed identity > choose it > Review + assign`,
      lanyard: command('lanyard'),
      ...(machineId !== undefined &&
        principalId !== undefined && {
          repair: {
            kind: 'grant-reader',
            scope: machineId,
            principalId,
            holder,
          },
        }),
    },
  ]
}

import type { Facts, Failure } from '../link.ts'
import { namesOf } from '../machine-names.ts'

/** Reader at the machine, for the principal of the token. */
export function readerFix({ machineId, principalId }: Facts): Failure['fixes'] {
  const { group, name } = namesOf(machineId)
  const scope = machineId ?? 'SCOPE'
  const principal = principalId ?? 'PRINCIPAL-ID'
  const command = (program: string) =>
    `${program} role assignment create --assignee-object-id ${principal} --assignee-principal-type ServicePrincipal --role Reader --scope "${scope}"`
  return [
    {
      summary: `Give the identity Reader at ${name}. At its group (${group}) or the subscription it works as well.`,
      az: command('az'),
      powershell: `New-AzRoleAssignment -ObjectId ${principal} -RoleDefinitionName Reader -Scope "${scope}"`,
      portal:
        'Virtual machine > Access control (IAM) > Add > Add role assignment > Reader > Managed identity > choose it > Review + assign',
      lanyard: command('lanyard'),
      ...(machineId !== undefined &&
        principalId !== undefined && { repair: { kind: 'grant-reader', scope: machineId, principalId } }),
    },
  ]
}

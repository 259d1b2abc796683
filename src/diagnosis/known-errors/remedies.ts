import type { Fixes } from '../known-error.ts'

/** The system-assigned identity of a virtual machine is switched on. */
export const switchOn: Fixes = {
  az: 'az vm identity assign -g {group} -n {vm}',
  powershell:
    '$vm = Get-AzVM -ResourceGroupName {group} -Name {vm}\nUpdate-AzVM -ResourceGroupName {group} -VM $vm -IdentityType SystemAssigned',
  portal: 'Virtual machine > Security > Identity > System assigned > Status: On > Save',
  lanyard: 'lanyard vm identity assign -g {group} -n {vm}\nlanyard doctor --fix    # finds the names, and asks first',
}

/** A user-assigned identity is attached to a virtual machine. */
export const attach: Fixes = {
  az: 'az vm identity assign -g {group} -n {vm} --identities "{identity}"',
  powershell:
    '$vm = Get-AzVM -ResourceGroupName {group} -Name {vm}\nUpdate-AzVM -ResourceGroupName {group} -VM $vm -IdentityType UserAssigned -IdentityId "{identity}"',
  portal: 'Virtual machine > Security > Identity > User assigned > Add > choose the identity > Add',
  lanyard: 'lanyard vm identity assign -g {group} -n {vm} --identities "{identity}"',
}

/** Which identities a machine has, with their client ids. */
export const showIdentities: Fixes = {
  az: 'az vm identity show -g {group} -n {vm}',
  powershell: '(Get-AzVM -ResourceGroupName {group} -Name {vm}).Identity.UserAssignedIdentities',
  portal: 'Virtual machine > Security > Identity > User assigned > the identity > Overview: Client ID',
  lanyard: 'lanyard vm identity show -g {group} -n {vm}',
}

/** A role for a principal at a scope. */
export function grant(role: string, scope = '{scope}'): Fixes {
  return {
    az: `az role assignment create --assignee-object-id {principalId} --assignee-principal-type ServicePrincipal --role "${role}" --scope "${scope}"`,
    powershell: `New-AzRoleAssignment -ObjectId {principalId} -RoleDefinitionName "${role}" -Scope "${scope}"`,
    portal: `The resource or its group > Access control (IAM) > Add > Add role assignment > ${role} > Managed identity > choose it > Review + assign`,
    lanyard: `lanyard role assignment create --assignee-object-id {principalId} --assignee-principal-type ServicePrincipal --role "${role}" --scope "${scope}"`,
  }
}

/** Which roles a principal has. */
export const showRoles: Fixes = {
  az: 'az role assignment list --all --assignee {principalId} -o table',
  powershell: 'Get-AzRoleAssignment -ObjectId {principalId}',
  portal: 'The resource > Access control (IAM) > Check access > Managed identity > choose it',
  lanyard: 'lanyard role assignment list --all --assignee {principalId} -o table',
}

/** The requests to the metadata address do not go to the proxy. */
export const goPastProxy: Fixes = {
  az: 'export NO_PROXY="$NO_PROXY,169.254.169.254"',
  powershell: '$env:NO_PROXY = "$env:NO_PROXY,169.254.169.254"',
  lanyard: 'lanyard run -- COMMAND    # sets the proxy variables for the command; set none yourself inside',
}

/** The chain of checks, when the text alone does not say which link is broken. */
export const askDoctor: Fixes = {
  lanyard: 'lanyard doctor    # on the machine; or: lanyard run -- lanyard doctor',
}

import type { KnownError } from '../known-error.ts'
import { grant, showRoles } from './remedies.ts'

const arm = { client: 'Azure Resource Manager', version: 'all' }

/** Signed in, and not allowed. */
export const authorization: readonly KnownError[] = [
  {
    id: 'authorization-failed',
    title: 'AuthorizationFailed: the client does not have authorization to perform an action',
    depth: 'cause',
    patterns: [
      "The client '{}' with object id '{principalId}' does not have authorization to perform action '{action}' over scope '{scope}' or the scope is invalid",
      "with object id '{principalId}' does not have authorization to perform action '{action}' over scope '{scope}'",
      'does not have authorization to perform action',
      '(AuthorizationFailed)',
      '"code":"AuthorizationFailed"',
    ],
    samples: [
      "(AuthorizationFailed) The client '44444444-4444-4444-8444-444444444444' with object id '33333333-3333-4333-8333-333333333333' does not have authorization to perform action 'Microsoft.Compute/virtualMachines/read' over scope '/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web-1' or the scope is invalid. If access was recently granted, please refresh your credentials.\nCode: AuthorizationFailed",
      "Get-AzVM : The client '44444444-4444-4444-8444-444444444444' with object id '33333333-3333-4333-8333-333333333333' does not have authorization to perform action 'Microsoft.Compute/virtualMachines/read' over scope '/subscriptions/22222222-2222-4222-8222-222222222222'.\nErrorCode: AuthorizationFailed",
    ],
    printedBy: [
      arm,
      { client: 'Azure CLI', version: 'all' },
      { client: 'Azure PowerShell', version: 'all' },
      { client: 'Azure SDKs, Terraform', version: 'all' },
    ],
    meaning:
      'The token is good; its principal holds no role with this action at this scope or above. Azure says the same of a scope that does not exist.',
    causes: [
      {
        cause: 'The role is missing, or is given at a scope that does not contain this one.',
        howToTell:
          "Compare the scope in the message with those of the principal's assignments. A role at a group does not reach another group.",
        fixes: grant('Reader'),
      },
      {
        cause: 'The role has no such action: Reader reads, and does not write; Contributor does not assign roles.',
        howToTell: 'The action ends in /write, /delete or /action.',
        fixes: {
          ...grant('Contributor'),
          az: `az role definition list --query "[?contains(to_string(permissions), '{action}')].roleName" -o tsv\n${grant('Contributor').az ?? ''}`,
        },
      },
      {
        cause:
          'The role was given a moment ago. A role counts within minutes; a membership in a group up to 24 hours later, when the managed identity gets a new token.',
        howToTell: 'The assignment is listed, and the request passes later.',
        fixes: {
          ...showRoles,
          lanyard: `${showRoles.lanyard ?? ''}\nlanyard fault list    # stale-access makes this on purpose`,
        },
      },
      {
        cause: 'The name of the resource, of its group or the subscription in the request is misspelt.',
        howToTell: 'An owner who does the same gets "not found".',
        fixes: { az: 'az resource show --ids "{scope}"', lanyard: 'lanyard resource show --ids "{scope}"' },
      },
    ],
  },
  {
    id: 'linked-authorization-failed',
    title: 'LinkedAuthorizationFailed',
    depth: 'cause',
    patterns: [
      "with object id '{principalId}' has permission to perform action '{}' on scope '{}'; however, it does not have permission to perform action(s) '{action}' on the linked scope(s) '{scope}'",
      'LinkedAuthorizationFailed',
    ],
    samples: [
      "(LinkedAuthorizationFailed) The client '44444444-4444-4444-8444-444444444444' with object id '33333333-3333-4333-8333-333333333333' has permission to perform action 'Microsoft.Compute/virtualMachines/write' on scope '/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web-1'; however, it does not have permission to perform action(s) 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked scope(s) '/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app' (respectively) or the linked scope(s) are invalid.",
    ],
    printedBy: [arm],
    meaning:
      'The caller may change the resource, and not the other resource that the request ties to it: an identity, a subnet, a disk.',
    causes: [
      {
        cause:
          'Attaching a user-assigned identity needs a role at that identity. Virtual Machine Contributor alone does not have it.',
        howToTell: 'The action is Microsoft.ManagedIdentity/userAssignedIdentities/assign/action.',
        fixes: grant('Managed Identity Operator'),
      },
      {
        cause: 'The linked resource is misspelt or gone.',
        howToTell: 'It cannot be shown by someone who may read it.',
        fixes: { az: 'az resource show --ids "{scope}"', lanyard: 'lanyard resource show --ids "{scope}"' },
      },
    ],
  },
]

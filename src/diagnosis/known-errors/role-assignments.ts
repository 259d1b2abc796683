import type { KnownError } from '../known-error.ts'
import { grant, showRoles } from './remedies.ts'

const arm = { client: 'Azure Resource Manager', version: 'all' }

/** Giving a role, and what services other than the resource manager say to who has none. */
export const roleAssignments: readonly KnownError[] = [
  {
    id: 'principal-not-found',
    title: 'PrincipalNotFound: the principal does not exist in the directory',
    depth: 'cause',
    patterns: ['PrincipalNotFound', 'does not exist in the directory {tenant}. Check that you have the correct principal ID'],
    samples: [
      '(PrincipalNotFound) Principal 33333333333343338333333333333333 does not exist in the directory 11111111-1111-4111-8111-111111111111. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.',
    ],
    printedBy: [arm, { client: 'Azure CLI, Azure PowerShell, Terraform', version: 'all' }],
    meaning: 'The directory replica that was asked does not know the principal: it is too new, or the id is of something else.',
    causes: [
      {
        cause: 'The identity was made a moment ago and has not reached every replica.',
        howToTell: 'The same command passes a minute later. With the principal type given, the check is left out.',
        fixes: {
          ...grant('Reader'),
          powershell:
            'New-AzRoleAssignment -ObjectId {principalId} -ObjectType ServicePrincipal -RoleDefinitionName "Reader" -Scope "{scope}"',
        },
      },
      {
        cause: 'The id is a client id, not an object id.',
        howToTell: '"az ad sp show" finds it as appId and shows another id.',
        fixes: {
          az: 'az ad sp show --id {clientId} --query id -o tsv',
          powershell: '(Get-AzADServicePrincipal -ApplicationId {clientId}).Id',
          portal: 'Managed identity > Overview > Object (principal) ID',
          lanyard: 'lanyard role assignment create --assignee {clientId} --role Reader --scope "{scope}"',
        },
      },
    ],
  },
  {
    id: 'assignee-not-in-graph',
    title: 'Cannot find user or service principal in graph database',
    depth: 'cause',
    patterns: [
      "Cannot find user or service principal in graph database for '{clientId}'",
      'Cannot find user or service principal in graph database',
    ],
    samples: [
      "Cannot find user or service principal in graph database for '33333333-3333-4333-8333-333333333333'. If the assignee is an appId, make sure the corresponding service principal is created with 'az ad sp create --id 33333333-3333-4333-8333-333333333333'.",
    ],
    printedBy: [
      { client: 'Azure CLI', version: 'all' },
      { client: 'Lanyard', version: 'all' },
    ],
    meaning: 'az looks an --assignee up in Microsoft Graph, and found nothing there.',
    causes: [
      {
        cause: 'The identity is new, or who asks may not read the directory.',
        howToTell: 'With the object id and no look-up it passes.',
        fixes: grant('Reader'),
      },
    ],
  },
  {
    id: 'role-assignment-exists',
    title: 'RoleAssignmentExists: the role assignment already exists',
    depth: 'cause',
    patterns: ['RoleAssignmentExists', 'The role assignment already exists'],
    samples: ['(RoleAssignmentExists) The role assignment already exists. The ID of the existing role assignment is abc.'],
    printedBy: [arm],
    meaning: 'The principal has the role at this scope already. Nothing is missing.',
    causes: [
      {
        cause: 'The script ran before, or Terraform does not know of the assignment.',
        howToTell: 'It is in the list. If access is refused all the same, the scope or the principal is another one.',
        fixes: { ...showRoles, az: 'az role assignment list --scope "{scope}" --include-inherited -o table' },
      },
    ],
  },
  {
    id: 'role-not-found',
    title: "The role doesn't exist",
    depth: 'cause',
    patterns: ["Role '{}' doesn't exist", 'RoleDefinitionDoesNotExist'],
    samples: [
      "ERROR: Role 'Readers' doesn't exist.",
      "(RoleDefinitionDoesNotExist) The specified role definition with ID 'x' does not exist.",
    ],
    printedBy: [{ client: 'Azure CLI', version: 'all' }, { client: 'Lanyard', version: 'all' }, arm],
    meaning: 'No role of this name can be assigned at the scope.',
    causes: [
      {
        cause: 'The name is misspelt, or the custom role is not assignable there.',
        howToTell: 'It is not in the list of roles.',
        fixes: {
          az: 'az role definition list --query "[].roleName" -o tsv',
          powershell: 'Get-AzRoleDefinition | Select-Object Name',
          portal: 'Subscription > Access control (IAM) > Roles',
        },
      },
    ],
  },
  {
    id: 'key-vault-forbidden-rbac',
    title: 'Key Vault: ForbiddenByRbac',
    depth: 'cause',
    patterns: ['ForbiddenByRbac', 'Caller is not authorized to perform action on resource'],
    samples: [
      '(Forbidden) Caller is not authorized to perform action on resource.\nIf role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\nCaller: appid=44444444-4444-4444-8444-444444444444;oid=33333333-3333-4333-8333-333333333333\nAction: \'Microsoft.KeyVault/vaults/secrets/getSecret/action\'\nCode: Forbidden\nInner error: { "code": "ForbiddenByRbac" }',
    ],
    printedBy: [{ client: 'Azure Key Vault', version: '7.2 and later, vaults with Azure RBAC' }],
    meaning: 'Reading secrets needs a role with data actions. Owner, Contributor and Reader have none.',
    causes: [
      {
        cause: 'The identity has no data role at the vault.',
        howToTell: 'Its roles there are none, or only Owner, Contributor or Reader.',
        fixes: grant('Key Vault Secrets User'),
      },
    ],
  },
  {
    id: 'key-vault-access-policy',
    title: 'Key Vault: the identity is in no access policy',
    depth: 'cause',
    patterns: [
      'does not have secrets get permission on key vault',
      'does not have secrets list permission on key vault',
      'does not have keys get permission on key vault',
      'does not have certificates get permission on key vault',
      'ForbiddenByPolicy',
    ],
    samples: [
      "The user, group or application 'appid=44444444-4444-4444-8444-444444444444;oid=33333333-3333-4333-8333-333333333333;iss=https://sts.windows.net/1/' does not have secrets get permission on key vault 'shop;location=westeurope'.",
    ],
    printedBy: [{ client: 'Azure Key Vault', version: 'all, vaults with access policies' }],
    meaning: 'This vault goes by access policies, not by roles.',
    causes: [
      {
        cause: 'No access policy names the identity.',
        howToTell: 'The object id of the message is not under "Access policies".',
        fixes: {
          az: 'az keyvault set-policy -n VAULT --object-id {principalId} --secret-permissions get list',
          powershell: 'Set-AzKeyVaultAccessPolicy -VaultName VAULT -ObjectId {principalId} -PermissionsToSecrets get,list',
          portal: 'Key vault > Access policies > Create',
        },
      },
    ],
  },
  {
    id: 'storage-permission-mismatch',
    title: 'Storage: AuthorizationPermissionMismatch',
    depth: 'cause',
    patterns: [
      'AuthorizationPermissionMismatch',
      'This request is not authorized to perform this operation using this permission',
    ],
    samples: [
      'This request is not authorized to perform this operation using this permission.\nRequestId:1\nTime:2026-01-01\nErrorCode:AuthorizationPermissionMismatch',
    ],
    printedBy: [{ client: 'Azure Storage', version: '2017-11-09 and later' }],
    meaning: 'Reading blobs and queues needs a role with data actions. Owner and Contributor have none.',
    causes: [
      {
        cause: 'The identity has no data role at the account.',
        howToTell: 'Its roles there are none, or only Owner, Contributor or Reader.',
        fixes: grant('Storage Blob Data Reader'),
      },
    ],
  },
  {
    id: 'storage-authorization-failure',
    title: 'Storage: AuthorizationFailure',
    depth: 'cause',
    patterns: [
      'ErrorCode:AuthorizationFailure',
      '<Code>AuthorizationFailure</Code>',
      '(AuthorizationFailure)',
      'This request is not authorized to perform this operation.',
    ],
    samples: ['This request is not authorized to perform this operation.\nRequestId:1\nErrorCode:AuthorizationFailure'],
    printedBy: [{ client: 'Azure Storage', version: 'all' }],
    meaning: "The account's network rules keep the caller out. No role changes that.",
    causes: [
      {
        cause: 'The firewall of the account does not admit this network.',
        howToTell: '"Public network access" is off, or limited to networks that do not include this one.',
        fixes: {
          az: 'az storage account network-rule list -n ACCOUNT -g {group}',
          powershell: 'Get-AzStorageAccountNetworkRuleSet -ResourceGroupName {group} -Name ACCOUNT',
          portal: 'Storage account > Security + networking > Networking',
        },
      },
    ],
  },
  {
    id: 'graph-request-denied',
    title: 'Graph: Authorization_RequestDenied',
    depth: 'cause',
    patterns: ['Authorization_RequestDenied', 'Insufficient privileges to complete the operation'],
    samples: ['{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges to complete the operation."}}'],
    printedBy: [
      { client: 'Microsoft Graph', version: 'v1.0 and beta' },
      { client: 'Azure CLI (az ad, --assignee)', version: 'all' },
    ],
    meaning: 'Reading the directory needs an application permission of Graph; roles of Azure do not count there.',
    causes: [
      {
        cause: 'A managed identity calls "az ad" or "az role assignment create --assignee".',
        howToTell: 'The same command passes with --assignee-object-id and --assignee-principal-type.',
        fixes: grant('Reader'),
      },
      {
        cause: 'The identity really has to read the directory.',
        howToTell: 'The program calls Graph itself.',
        fixes: {
          powershell:
            'New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId {principalId} -PrincipalId {principalId} -ResourceId GRAPH-OBJECT-ID -AppRoleId APP-ROLE-ID',
          portal: 'Microsoft Entra ID > Roles and administrators > Directory Readers > Add assignments',
        },
      },
    ],
  },
]

import type { KnownError } from '../known-error.ts'
import { accessTokens } from './access-tokens.ts'
import { authorization } from './authorization.ts'
import { azureCli } from './azure-cli.ts'
import { certificates } from './certificates.ts'
import { lanyard } from './lanyard.ts'
import { metadataService } from './metadata-service.ts'
import { network } from './network.ts'
import { otherHosts } from './other-hosts.ts'
import { powershell } from './powershell.ts'
import { resources } from './resources.ts'
import { roleAssignments } from './role-assignments.ts'
import { sdkCredentials } from './sdk-credentials.ts'
import { signIn } from './sign-in.ts'
import { terraform } from './terraform.ts'

/** The known errors by where they come from, in the order of docs/errors.md. */
export const knownErrorGroups: readonly { readonly title: string; readonly errors: readonly KnownError[] }[] = [
  { title: 'Azure CLI', errors: azureCli },
  { title: 'PowerShell', errors: powershell },
  { title: 'The metadata service of a virtual machine', errors: metadataService },
  { title: 'Credentials of the SDKs', errors: sdkCredentials },
  { title: 'Roles and permissions', errors: authorization },
  { title: 'Role assignments, vaults, storage, Graph', errors: roleAssignments },
  { title: 'Sign-in at Microsoft Entra ID', errors: signIn },
  { title: 'Access tokens', errors: accessTokens },
  { title: 'Network and proxies', errors: network },
  { title: 'Certificates', errors: certificates },
  { title: 'Other hosts', errors: otherHosts },
  { title: 'Resources, throttling, outages', errors: resources },
  { title: 'Terraform', errors: terraform },
  { title: 'Lanyard', errors: lanyard },
]

export const knownErrors: readonly KnownError[] = knownErrorGroups.flatMap(({ errors }) => errors)

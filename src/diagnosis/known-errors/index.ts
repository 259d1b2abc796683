import type { KnownError } from '../known-error.ts'
import { authorization } from './authorization.ts'
import { azureCli } from './azure-cli.ts'
import { metadataService } from './metadata-service.ts'

/** The known errors by where they come from, in the order of docs/errors.md. */
export const knownErrorGroups: readonly { readonly title: string; readonly errors: readonly KnownError[] }[] = [
  { title: 'The metadata service of a virtual machine', errors: metadataService },
  { title: 'Azure CLI', errors: azureCli },
  { title: 'Roles and permissions', errors: authorization },
]

export const knownErrors: readonly KnownError[] = knownErrorGroups.flatMap(({ errors }) => errors)

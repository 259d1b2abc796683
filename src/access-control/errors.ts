/** What stands in the way of keeping a role assignment. Transport-free: an endpoint maps `code` to its protocol. */
export abstract class RoleAssignmentError extends Error {
  abstract readonly code: string
}

export class RoleAssignmentExistsError extends RoleAssignmentError {
  override name = 'RoleAssignmentExistsError'
  readonly code = 'RoleAssignmentExists'
  constructor(existing: string) {
    super(`The role assignment already exists. The ID of the existing role assignment is ${existing.replaceAll('-', '')}.`)
  }
}

export class PrincipalNotFoundError extends RoleAssignmentError {
  override name = 'PrincipalNotFoundError'
  readonly code = 'PrincipalNotFound'
  constructor(principalId: string, tenantId: string) {
    super(
      `Principal ${principalId.replaceAll('-', '')} does not exist in the directory ${tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group. See https://aka.ms/docs-principaltype`,
    )
  }
}

export class RoleDefinitionNotFoundError extends RoleAssignmentError {
  override name = 'RoleDefinitionNotFoundError'
  readonly code = 'RoleDefinitionDoesNotExist'
  constructor(roleId: string) {
    super(`The specified role definition with ID '${roleId.replaceAll('-', '')}' does not exist.`)
  }
}

/** A principal was called what it is not. The second word of the type is misspelt in Azure's text. */
export class UnmatchedPrincipalTypeError extends RoleAssignmentError {
  override name = 'UnmatchedPrincipalTypeError'
  readonly code = 'UnmatchedPrincipalType'
  constructor(principalId: string, actual: string, wanted: string) {
    super(
      `The PrincipalId '${principalId.replaceAll('-', '')}' has type '${actual}' , which is different from specified PrinciaplType '${wanted}'.`,
    )
  }
}

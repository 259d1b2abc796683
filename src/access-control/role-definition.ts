/** One block of a role definition; an action may hold `*`, which spans any characters, `/` included. */
export interface Permission {
  readonly actions: readonly string[]
  readonly notActions: readonly string[]
  readonly dataActions: readonly string[]
  readonly notDataActions: readonly string[]
}

export interface RoleDefinition {
  /** GUID, lower case: the `name` of the definition. */
  readonly roleId: string
  readonly roleName: string
  readonly type: 'BuiltInRole' | 'CustomRole'
  readonly description: string
  readonly assignableScopes: readonly string[]
  readonly permissions: readonly Permission[]
}

import * as z from 'zod/mini'

export const roleAssignment = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.optional(z.string()),
  properties: z.looseObject({
    roleDefinitionId: z.string(),
    principalId: z.string(),
    principalType: z.nullish(z.string()),
    scope: z.string(),
  }),
})

export const roleAssignments = z.array(roleAssignment)

export type RoleAssignment = z.infer<typeof roleAssignment>

const actions = z._default(z.array(z.string()), [])

/** One block of a role: what it allows, less what it excepts. */
export const rolePermission = z.looseObject({
  actions,
  notActions: actions,
  dataActions: actions,
  notDataActions: actions,
})

export const roleDefinition = z.looseObject({
  id: z.string(),
  name: z.string(),
  properties: z.looseObject({
    roleName: z.string(),
    description: z.nullish(z.string()),
    permissions: z.optional(z.array(rolePermission)),
  }),
})

export const roleDefinitions = z.array(roleDefinition)

export type RoleDefinition = z.infer<typeof roleDefinition>

/** A directory object as Microsoft Graph answers it. */
export const directoryObject = z.looseObject({
  id: z.string(),
  appId: z.nullish(z.string()),
  displayName: z.nullish(z.string()),
  servicePrincipalNames: z.nullish(z.array(z.string())),
})

export const directoryObjects = z.array(directoryObject)

export type DirectoryObject = z.infer<typeof directoryObject>

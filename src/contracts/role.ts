import { z } from 'zod'

export const roleAssignment = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.string().optional(),
  properties: z.looseObject({
    roleDefinitionId: z.string(),
    principalId: z.string(),
    principalType: z.string().nullish(),
    scope: z.string(),
  }),
})

export type RoleAssignment = z.infer<typeof roleAssignment>

export const roleDefinition = z.looseObject({
  id: z.string(),
  name: z.string(),
  properties: z.looseObject({ roleName: z.string() }),
})

export type RoleDefinition = z.infer<typeof roleDefinition>

/** A directory object as Microsoft Graph answers it. */
export const directoryObject = z.looseObject({
  id: z.string(),
  appId: z.string().nullish(),
  displayName: z.string().nullish(),
  servicePrincipalNames: z.array(z.string()).nullish(),
})

export type DirectoryObject = z.infer<typeof directoryObject>

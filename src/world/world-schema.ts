import { z } from 'zod'

const guid = z.guid().describe('A GUID, for instance 0e3f2a0c-6d0f-4b2c-9a52-3f1de0c3a111')
const tags = z.record(z.string(), z.string()).describe('Tags of the resource, name to value')
const location = z.string().min(1).describe('An Azure region, for instance westeurope')

const virtualMachine = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, . _ - (at most 64)'),
  location: location.optional(),
  size: z.string().optional().describe('VM size; Standard_B2s when left out'),
  systemAssignedIdentity: z.boolean().default(true).describe('Whether the system-assigned identity is on'),
  userAssignedIdentities: z
    .array(z.string())
    .default([])
    .describe('Names of user-assigned identities of the same resource group, or whole resource ids'),
  tags: tags.optional(),
})

const userAssignedIdentity = z.strictObject({
  name: z.string().min(3).max(128),
  location: location.optional(),
  tags: tags.optional(),
})

const resource = z.strictObject({
  name: z.string().min(1),
  type: z.string().regex(/^[^/]+\/[^/]+/, 'a resource type, for instance Microsoft.Storage/storageAccounts'),
  location: location.optional(),
  tags: tags.optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
})

const resourceGroup = z.strictObject({
  name: z.string().min(1).max(90),
  location: location.default('westeurope'),
  tags: tags.optional(),
  userAssignedIdentities: z.array(userAssignedIdentity).default([]),
  virtualMachines: z.array(virtualMachine).default([]),
  resources: z.array(resource).default([]).describe('Any other resources'),
})

const subscription = z.strictObject({
  name: z.string().min(1),
  id: guid,
  resourceGroups: z.array(resourceGroup).default([]),
})

const application = z.strictObject({
  name: z.string().min(1),
  clientId: guid.optional(),
  secret: z.string().min(8).optional().describe('A client secret for tests; at least 8 characters'),
  identifierUris: z.array(z.string()).default([]).describe('Audiences of this application, for instance api://orders'),
})

const principal = z
  .strictObject({
    virtualMachine: z.string().optional(),
    userAssignedIdentity: z.string().optional(),
    application: z.string().optional(),
  })
  .refine((value) => Object.values(value).filter((name) => name !== undefined).length === 1, {
    message: 'name exactly one of virtualMachine, userAssignedIdentity, application',
  })

const roleAssignment = z.strictObject({
  role: z.string().min(1).describe('Name or GUID of a role, for instance Reader'),
  principal: principal.describe('Who gets the role'),
  scope: z
    .string()
    .min(1)
    .describe('A resource id, or one relative to the first subscription, for instance resourceGroups/lanyard; / for all'),
})

/** The world file: what exists on the platform when it starts. */
export const worldSchema = z.strictObject({
  $schema: z.string().optional(),
  subscriptions: z.array(subscription).min(1),
  applications: z.array(application).default([]),
  roleAssignments: z.array(roleAssignment).default([]),
})

export type World = z.infer<typeof worldSchema>

/** JSON Schema of the world file, for editors; published as `schema/lanyard.schema.json`. */
export function worldJsonSchema(): object {
  return { ...z.toJSONSchema(worldSchema, { io: 'input', target: 'draft-7' }), title: 'lanyard.yaml' }
}

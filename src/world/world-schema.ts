import { z } from 'zod'
import { exchangeAudience } from '../directory/federated-credential.ts'
import { durationExpected, durationPattern } from '../faults/duration.ts'
import { administratorName, isUserPrincipalName } from '../directory/user.ts'
import { faultSchema } from '../faults/fault-schema.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { hostKinds } from '../resources/host-kind.ts'

/** Where a resource group is when neither the file nor an existing group says it. */
export const defaultLocation = 'westeurope'

const guid = z.guid()
const tags = z
  .record(z.string(), z.string())
  .optional()
  .describe('Tags, name to value. Those named here are set; others that there are stay.')
const location = z
  .string()
  .min(1)
  .optional()
  .describe('An Azure region, for instance westeurope; that of the resource group when left out. It cannot change later.')

const virtualMachine = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
        'expected letters, digits, . _ - (at most 64), beginning with a letter or digit',
      )
      .describe('Name of the machine, as in lanyard run --vm NAME'),
    host: z
      .enum(['vm', 'vm-extension'])
      .optional()
      .describe('vm when left out; vm-extension has the retired managed-identity extension deployed, and its code is led there'),
    location,
    privateIpAddress: z
      .union([z.ipv4(), z.ipv6()], 'expected an IP address, for instance 10.0.0.4')
      .optional()
      .describe('Private address on its network, for instance 10.0.0.4: a network interface is made that has it'),
    size: z.string().min(1).optional().describe('VM size, for instance Standard_D2s_v5; a new machine is a Standard_B2s'),
    systemAssignedIdentity: z.boolean().optional().meta({
      description:
        'Whether the system-assigned identity is on. Left out, it is on for a new machine, and stays as it is for one that exists.',
      default: true,
    }),
    userAssignedIdentities: z
      .array(z.string().describe('Name of a user-assigned identity of the same resource group, or a whole resource id'))
      .default([])
      .describe('User-assigned identities to attach. Others that are attached stay.'),
    tags,
  })
  .describe('A virtual machine')

const machine = virtualMachine
  .omit({ privateIpAddress: true })
  .extend({
    host: z.enum(hostKinds).describe('Where the code runs: it decides by which protocol and variables it gets tokens'),
    serviceAccount: z
      .string()
      .regex(/^[a-z0-9-]+:[a-z0-9.-]+$/, 'expected NAMESPACE:NAME')
      .optional()
      .describe('Of host aks: the service account that code runs as, NAMESPACE:NAME; default:default when left out'),
  })
  .describe('A machine of any host: a virtual machine, an app, a pod, a console')

const federatedCredential = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/, 'expected 3 to 120 letters, digits, _ and -, beginning with a letter or digit')
      .describe('Name of the federated credential'),
    issuer: z
      .url({ protocol: /^https$/, error: 'expected a URL that begins with https://' })
      .optional()
      .describe('Issuer of the tokens, for instance https://token.actions.githubusercontent.com'),
    cluster: z.string().min(1).optional().describe('In place of the issuer: a machine of host aks of the same group, by name'),
    subject: z.string().min(1).describe('Subject of the tokens, for instance system:serviceaccount:shop:orders'),
    audiences: z
      .array(z.string().min(1))
      .length(1, 'expected one audience')
      .optional()
      .meta({ description: 'Audience of the tokens; a list of one', default: [exchangeAudience] }),
  })
  .refine(({ issuer, cluster }) => (issuer === undefined) !== (cluster === undefined), {
    message: 'expected exactly one of issuer, cluster',
  })
  .describe('Tokens of another issuer that stand in for a secret')

const userAssignedIdentity = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/, 'expected 3 to 128 letters, digits, _ and -, beginning with a letter or digit')
      .describe('Name of the identity'),
    location,
    tags,
    federatedCredentials: z.array(federatedCredential).optional().describe('Federated credentials; others that it has stay'),
  })
  .describe('A user-assigned identity')

const resource = z
  .strictObject({
    name: z.string().min(1).describe('Name of the resource; server/database and the like for a nested type'),
    type: z
      .string()
      .regex(/^[^/]+(\/[^/]+)+$/, 'expected a resource type, for instance Microsoft.Storage/storageAccounts')
      .describe('Resource type, for instance Microsoft.Storage/storageAccounts'),
    location,
    tags,
    properties: z
      .record(z.string(), z.unknown())
      .default({})
      .refine((value) => !holdsOddNumber(value), { message: 'expected JSON, which has no .nan and no .inf' })
      .describe(
        'Properties of the resource, kept as they are written. Those named here are set (null removes one); others stay.',
      ),
  })
  .describe('A resource of any other type')

const resourceGroup = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[\p{L}\p{N}._()-]{0,89}[\p{L}\p{N}_()-]$/u,
        'expected 1 to 90 letters, digits, - . ( ) _, and no period at the end',
      )
      .describe('Name of the resource group'),
    location: z.string().min(1).optional().meta({
      description: 'An Azure region, for instance westeurope. It cannot change later.',
      default: defaultLocation,
    }),
    tags,
    userAssignedIdentities: z.array(userAssignedIdentity).default([]).describe('User-assigned identities in this group'),
    virtualMachines: z.array(virtualMachine).default([]).describe('Virtual machines in this group'),
    machines: z.array(machine).default([]).describe('Machines of any host in this group'),
    resources: z.array(resource).default([]).describe('Other resources in this group'),
  })
  .describe('A resource group')

const subscription = z
  .strictObject({
    name: z.string().min(1).describe('Display name of the subscription'),
    id: guid.describe('GUID of the subscription, for instance 11111111-2222-4333-8444-555555555555'),
    resourceGroups: z.array(resourceGroup).default([]).describe('Resource groups of this subscription'),
  })
  .describe('A subscription')

const application = z
  .strictObject({
    name: z.string().min(1).describe('Display name of the application, as in lanyard run --as NAME'),
    clientId: guid
      .optional()
      .describe('Client id (application id), a GUID; a new one is made when left out. It cannot change later.'),
    secret: z
      .string()
      .min(8, 'expected at least 8 characters')
      .optional()
      .describe('A client secret, at least 8 characters: for tests alone, since it stands in this file'),
    identifierUris: z
      .array(z.string().min(1).describe('An audience, for instance api://orders'))
      .default([])
      .describe('Application ID URIs: what tokens for this application are asked for by. Others that it has stay.'),
    certificates: z
      .array(z.string().regex(/^-----BEGIN CERTIFICATE-----/, 'expected a certificate in PEM form'))
      .optional()
      .describe('Certificates by which it may sign its assertions, in PEM form. Others that it has stay.'),
    federatedCredentials: z
      .array(
        federatedCredential.refine(({ cluster }) => cluster === undefined, {
          message: 'expected issuer: an application is in no group',
        }),
      )
      .optional()
      .describe('Federated credentials; others that it has stay'),
  })
  .describe('An application registered in the tenant, with its service principal')

const user = z
  .strictObject({
    name: z.string().min(1).describe('Display name of the user, for instance Ada Lovelace'),
    userPrincipalName: z
      .string()
      .refine(isUserPrincipalName, { message: 'expected a user principal name, for instance ada@lanyard.local' })
      .refine((name) => name.toLowerCase() !== administratorName, {
        message: `${administratorName} is there already: every installation has it, and its password is the sign-in code`,
      })
      .describe('What the user signs in by, for instance ada@lanyard.local'),
    password: z
      .string()
      .min(8, 'expected at least 8 characters')
      .max(256, 'expected at most 256 characters')
      .optional()
      .describe(
        'A password, at least 8 characters: for tests alone, since it stands in this file. Left out, the user signs in with the code that lanyard up prints.',
      ),
  })
  .describe('A person of the tenant')

const principal = z
  .strictObject({
    virtualMachine: z
      .string()
      .min(1)
      .optional()
      .describe('A virtual machine of this file, by name, or any by resource id: its system-assigned identity'),
    machine: z
      .string()
      .min(1)
      .optional()
      .describe('A machine of any host of this file, by name, or any by resource id: its system-assigned identity'),
    userAssignedIdentity: z
      .string()
      .min(1)
      .optional()
      .describe('A user-assigned identity of this file, by name, or any by resource id'),
    application: z.string().min(1).optional().describe('An application of this file, by name'),
    user: z.string().min(1).optional().describe('A user of this file, by user principal name'),
  })
  .refine((value) => Object.values(value).filter((name) => name !== undefined).length === 1, {
    message: 'expected exactly one of virtualMachine, machine, userAssignedIdentity, application, user',
  })

const roleAssignment = z
  .strictObject({
    role: z.string().min(1).describe('Name or GUID of a role, for instance Reader'),
    principal: principal.describe('Who gets the role: exactly one of the five'),
    scope: z
      .string()
      .min(1)
      .refine(isScope, { message: 'expected a resource id, or resourceGroups/NAME, or / for everything' })
      .describe(
        'Where: a resource id, or what follows the first subscription in one (resourceGroups/lanyard), or / for everything',
      ),
  })
  .describe('A role given to a principal')

/** The world file: what must exist on the platform when it starts. */
export const worldSchema = z.strictObject({
  $schema: z.string().optional().describe('Address of the JSON Schema of this file, for editors'),
  subscriptions: z.array(subscription).min(1, 'expected at least one subscription').describe('Subscriptions; at least one'),
  applications: z.array(application).default([]).describe('Applications of the tenant'),
  users: z.array(user).optional().describe('Users of the tenant, who sign in to the portal'),
  roleAssignments: z.array(roleAssignment).default([]).describe('Roles that principals of this file hold'),
  logs: z
    .strictObject({
      keep: z
        .string(durationExpected)
        .regex(durationPattern, durationExpected)
        .meta({ description: 'For how long a row is kept: 12h, 30d', default: '30d' }),
    })
    .optional()
    .describe('The activity log and the sign-in logs (docs/logs.md)'),
  faults: z.array(faultSchema).optional().describe('What goes wrong on purpose from the start (docs/faults.md)'),
})

export type World = z.infer<typeof worldSchema>
/** A world as it is written, its defaults left out. */
export type WorldInput = z.input<typeof worldSchema>
export type WorldSubscription = World['subscriptions'][number]
export type WorldGroup = WorldSubscription['resourceGroups'][number]
export type WorldFederatedCredential = NonNullable<WorldGroup['userAssignedIdentities'][number]['federatedCredentials']>[number]
/** An entry of `machines`; one of `virtualMachines` is one as well. */
export type WorldMachine = WorldGroup['machines'][number] & Pick<WorldGroup['virtualMachines'][number], 'privateIpAddress'>
export type WorldPrincipal = World['roleAssignments'][number]['principal']

/** JSON Schema of the world file, for editors; published as `schema/lanyard.schema.json`. */
export function worldJsonSchema(): object {
  return {
    ...z.toJSONSchema(worldSchema, { io: 'input', target: 'draft-7' }),
    title: 'lanyard.yaml',
    description: 'The world file of Lanyard: what must exist on the platform when it starts.',
  }
}

function isScope(text: string): boolean {
  try {
    parseResourceId(text.startsWith('/') ? text : `/subscriptions/x/${text}`)
    return true
  } catch {
    return false
  }
}

/** Whether a number in `value` is one that JSON cannot hold: it would come back from the store as something else. */
function holdsOddNumber(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsOddNumber)
}

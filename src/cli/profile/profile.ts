import path from 'node:path'
import * as z from 'zod/mini'
import type { CommandIo } from '../command-io.ts'
import { CommandFailedError } from '../exit-codes.ts'
import { configurationDirectory, readJsonFile, removeFile, writePrivateJsonFile } from './configuration-directory.ts'

const signInSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('managedIdentity'),
    selector: z.optional(z.object({ by: z.enum(['clientId', 'objectId', 'resourceId']), value: z.string() })),
  }),
  z.object({ kind: z.literal('servicePrincipal'), clientId: z.string(), secret: z.string(), tenant: z.string() }),
])

const accountSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  tenantId: z.string(),
  homeTenantId: z.string(),
  managedByTenants: z.array(z.unknown()),
  isDefault: z.boolean(),
})

const profileSchema = z.object({ version: z.literal(1), signIn: signInSchema, accounts: z.array(accountSchema) })

export type SignIn = z.infer<typeof signInSchema>
export type Account = z.infer<typeof accountSchema>
/** Who is signed in, and what they see. Holds a service principal's secret: the file is its owner's alone. */
export type Profile = z.infer<typeof profileSchema>

/** The profile; undefined when nobody is signed in. */
export async function readProfile(io: CommandIo): Promise<Profile | undefined> {
  const file = await profileFile(io)
  const parsed = z.optional(profileSchema).safeParse(await readJsonFile(file).catch(() => null))
  if (!parsed.success) throw new CommandFailedError(`${file} is unreadable. Please run 'lanyard logout', then sign in again.`)
  return parsed.data
}

/** Keeps the profile. */
export async function writeProfile(io: CommandIo, profile: Profile): Promise<void> {
  await writePrivateJsonFile(await profileFile(io), profile)
}

/** Forgets who is signed in. */
export async function removeProfile(io: CommandIo): Promise<void> {
  await removeFile(await profileFile(io))
}

/** An account as `az account show` prints it. */
export function describeAccount(account: Account, signIn: SignIn): Record<string, unknown> {
  const { id, name, state, tenantId, homeTenantId, managedByTenants, isDefault } = account
  const user =
    signIn.kind === 'servicePrincipal'
      ? { name: signIn.clientId, type: 'servicePrincipal' }
      : {
          name: signIn.selector ? 'userAssignedIdentity' : 'systemAssignedIdentity',
          type: 'servicePrincipal',
          assignedIdentityInfo: signIn.selector ? `${selectorNames[signIn.selector.by]}-${signIn.selector.value}` : 'MSI',
        }
  return { environmentName: 'AzureCloud', homeTenantId, id, isDefault, managedByTenants, name, state, tenantId, user }
}

const selectorNames = { clientId: 'MSIClient', objectId: 'MSIObject', resourceId: 'MSIResource' } as const

async function profileFile(io: CommandIo): Promise<string> {
  return path.join(await configurationDirectory(io.env), 'profile.json')
}

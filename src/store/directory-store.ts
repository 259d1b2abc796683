import type { Kysely, Selectable } from 'kysely'
import type { Application, ClientSecret } from '../directory/application.ts'
import type { FederatedCredential } from '../directory/federated-credential.ts'
import type { DirectoryStore } from '../directory/directory-store.ts'
import type { ServicePrincipal, ServicePrincipalKind } from '../directory/service-principal.ts'
import type { User } from '../directory/user.ts'
import type { Schema } from './schema.ts'

/** The directory's tables over a connection or a transaction. `newGuid` makes the tenant id when it is first asked for. */
export function directoryStore(db: Kysely<Schema>, newGuid: () => string): DirectoryStore {
  const principals = () => db.selectFrom('service_principals').selectAll()
  const applications = () => db.selectFrom('applications').selectAll()
  const users = () => db.selectFrom('users').selectAll()
  return {
    async tenantId() {
      const kept = db.selectFrom('installation').select('value').where('name', '=', 'tenantId')
      const before = await kept.executeTakeFirst()
      if (before) return before.value
      // Of several first callers at once one wins, so what counts is what is kept then, not what this call made.
      const made = { name: 'tenantId', value: newGuid().toLowerCase() }
      await db
        .insertInto('installation')
        .values(made)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return (await kept.executeTakeFirstOrThrow()).value
    },
    findServicePrincipal: async (objectId) =>
      toPrincipal(await principals().where('object_id', '=', objectId.toLowerCase()).executeTakeFirst()),
    findServicePrincipalByClientId: async (clientId) =>
      toPrincipal(await principals().where('client_id', '=', clientId.toLowerCase()).executeTakeFirst()),
    findServicePrincipalManagedBy: async (resourceKey) =>
      toPrincipal(await principals().where('managed_by_key', '=', resourceKey.toLowerCase()).executeTakeFirst()),
    async listServicePrincipals() {
      const rows = await principals().orderBy('display_name').orderBy('object_id').execute()
      return rows.map((row) => toPrincipal(row))
    },
    async insertServicePrincipal(principal) {
      await db
        .insertInto('service_principals')
        .values({
          object_id: principal.objectId.toLowerCase(),
          client_id: principal.clientId.toLowerCase(),
          display_name: principal.displayName,
          kind: principal.kind,
          managed_by: principal.managedBy ?? null,
          managed_by_key: principal.managedBy?.toLowerCase() ?? null,
          created_at: principal.createdAt,
        })
        .execute()
    },
    async deleteServicePrincipal(objectId) {
      await db.deleteFrom('service_principals').where('object_id', '=', objectId.toLowerCase()).execute()
    },
    async listApplications() {
      const rows = await applications().orderBy('client_id').execute()
      return rows.map((row) => toApplication(row))
    },
    findApplication: async (clientId) =>
      toApplication(await applications().where('client_id', '=', clientId.toLowerCase()).executeTakeFirst()),
    findApplicationByName: async (displayName) =>
      toApplication(await applications().where('display_name', '=', displayName).executeTakeFirst()),
    async findApplicationByIdentifierUri(uri) {
      const rows = await applications().where('identifier_uris_json', '!=', '[]').execute()
      const key = uri.toLowerCase()
      return rows
        .map((row) => toApplication(row))
        .find(({ identifierUris }) => identifierUris.some((own) => own.toLowerCase() === key))
    },
    async saveApplication(application) {
      const values = {
        display_name: application.displayName,
        identifier_uris_json: JSON.stringify(application.identifierUris),
        secrets_json: JSON.stringify(application.secrets),
        certificates_json: JSON.stringify(application.certificates),
        federated_credentials_json: JSON.stringify(application.federatedCredentials),
      }
      await db
        .insertInto('applications')
        .values({ client_id: application.clientId.toLowerCase(), ...values })
        .onConflict((conflict) => conflict.column('client_id').doUpdateSet(values))
        .execute()
    },
    findUser: async (objectId) => toUser(await users().where('object_id', '=', objectId.toLowerCase()).executeTakeFirst()),
    findUserByName: async (userPrincipalName) =>
      toUser(await users().where('user_principal_name_key', '=', userPrincipalName.toLowerCase()).executeTakeFirst()),
    async listUsers() {
      const rows = await users().orderBy('display_name').orderBy('object_id').execute()
      return rows.map((row) => toUser(row))
    },
    async saveUser(user) {
      const values = {
        user_principal_name: user.userPrincipalName,
        user_principal_name_key: user.userPrincipalName.toLowerCase(),
        display_name: user.displayName,
        password_hash: user.passwordHash ?? null,
        created_at: user.createdAt,
      }
      await db
        .insertInto('users')
        .values({ object_id: user.objectId.toLowerCase(), ...values })
        .onConflict((conflict) => conflict.column('object_id').doUpdateSet(values))
        .execute()
    },
  }
}

type UserRow = Selectable<Schema['users']>

function toUser(row: UserRow): User
function toUser(row: UserRow | undefined): User | undefined
function toUser(row: UserRow | undefined): User | undefined {
  return (
    row && {
      objectId: row.object_id,
      userPrincipalName: row.user_principal_name,
      displayName: row.display_name,
      passwordHash: row.password_hash ?? undefined,
      createdAt: row.created_at,
    }
  )
}

type PrincipalRow = Selectable<Schema['service_principals']>

function toPrincipal(row: PrincipalRow): ServicePrincipal
function toPrincipal(row: PrincipalRow | undefined): ServicePrincipal | undefined
function toPrincipal(row: PrincipalRow | undefined): ServicePrincipal | undefined {
  return (
    row && {
      objectId: row.object_id,
      clientId: row.client_id,
      displayName: row.display_name,
      kind: row.kind as ServicePrincipalKind,
      managedBy: row.managed_by ?? undefined,
      createdAt: row.created_at,
    }
  )
}

type ApplicationRow = Selectable<Schema['applications']>

function toApplication(row: ApplicationRow): Application
function toApplication(row: ApplicationRow | undefined): Application | undefined
function toApplication(row: ApplicationRow | undefined): Application | undefined {
  return (
    row && {
      clientId: row.client_id,
      displayName: row.display_name,
      identifierUris: JSON.parse(row.identifier_uris_json) as string[],
      secrets: (JSON.parse(row.secrets_json) as ClientSecret[]).map((secret) => ({
        ...secret,
        expiresAt: secret.expiresAt ?? undefined,
      })),
      certificates: JSON.parse(row.certificates_json) as string[],
      federatedCredentials: JSON.parse(row.federated_credentials_json) as FederatedCredential[],
    }
  )
}

import type { Kysely } from 'kysely'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { Resource, ResourceGroup, ResourceStore } from '../resources/resource.ts'
import type { Schema } from './schema.ts'

/** The tables of subscriptions, groups and resources over a connection or a transaction. */
export function resourceStore(db: Kysely<Schema>): ResourceStore {
  const resources = () => db.selectFrom('resources').selectAll().orderBy('key')
  const groups = (subscriptionId: string) =>
    db.selectFrom('resource_groups').selectAll().where('subscription_key', '=', subscriptionId.toLowerCase()).orderBy('name_key')
  return {
    async listSubscriptions() {
      const rows = await db.selectFrom('subscriptions').selectAll().orderBy('display_name').orderBy('subscription_key').execute()
      return rows.map((row) => ({ subscriptionId: row.subscription_id, displayName: row.display_name }))
    },
    async findSubscription(subscriptionId) {
      const row = await db
        .selectFrom('subscriptions')
        .selectAll()
        .where('subscription_key', '=', subscriptionId.toLowerCase())
        .executeTakeFirst()
      return row && { subscriptionId: row.subscription_id, displayName: row.display_name }
    },
    async saveSubscription({ subscriptionId, displayName }) {
      await db
        .insertInto('subscriptions')
        .values({ subscription_key: subscriptionId.toLowerCase(), subscription_id: subscriptionId, display_name: displayName })
        .onConflict((conflict) => conflict.column('subscription_key').doUpdateSet({ display_name: displayName }))
        .execute()
    },
    listResourceGroups: async (subscriptionId) => (await groups(subscriptionId).execute()).map(toGroup),
    async findResourceGroup(subscriptionId, name) {
      const row = await groups(subscriptionId).where('name_key', '=', name.toLowerCase()).executeTakeFirst()
      return row && toGroup(row)
    },
    async saveResourceGroup(group) {
      const values = { location: group.location, tags_json: group.tags ? JSON.stringify(group.tags) : null }
      await db
        .insertInto('resource_groups')
        .values({
          subscription_key: group.subscriptionId.toLowerCase(),
          name_key: group.name.toLowerCase(),
          subscription_id: group.subscriptionId,
          name: group.name,
          ...values,
        })
        .onConflict((conflict) => conflict.columns(['subscription_key', 'name_key']).doUpdateSet(values))
        .execute()
    },
    async deleteResourceGroup(subscriptionId, name) {
      await db
        .deleteFrom('resource_groups')
        .where('subscription_key', '=', subscriptionId.toLowerCase())
        .where('name_key', '=', name.toLowerCase())
        .execute()
    },
    async findResource(key) {
      const row = await resources().where('key', '=', key.toLowerCase()).executeTakeFirst()
      return row && toResource(row)
    },
    async listResourcesBelow(prefix) {
      // '0' is the character after '/': a range finds what is below without the wildcards of LIKE.
      const start = prefix === '/' ? '' : prefix.toLowerCase()
      const rows = await resources().where('key', '>', `${start}/`).where('key', '<', `${start}0`).execute()
      return rows.map(toResource)
    },
    listResourcesOfType: async (type) => (await resources().where('type_key', '=', type.toLowerCase()).execute()).map(toResource),
    async saveResource(resource) {
      const { key, type } = parseResourceId(resource.id)
      const { id, createdAt, changedAt, ...document } = resource
      const values = { id, document_json: JSON.stringify(document), created_at: createdAt, changed_at: changedAt }
      await db
        .insertInto('resources')
        .values({ key, type_key: type.toLowerCase(), ...values })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
        .execute()
    },
    async deleteResource(key) {
      await db.deleteFrom('resources').where('key', '=', key.toLowerCase()).execute()
    },
  }
}

function toGroup(row: { subscription_id: string; name: string; location: string; tags_json: string | null }): ResourceGroup {
  return {
    subscriptionId: row.subscription_id,
    name: row.name,
    location: row.location,
    tags: row.tags_json === null ? undefined : (JSON.parse(row.tags_json) as Record<string, string>),
  }
}

/** JSON leaves out what is undefined, so each optional field is put back by name. */
function toResource(row: { id: string; document_json: string; created_at: number; changed_at: number }): Resource {
  const document = JSON.parse(row.document_json) as Omit<Resource, 'id' | 'createdAt' | 'changedAt'>
  return {
    id: row.id,
    location: document.location,
    tags: document.tags,
    kind: document.kind,
    managedBy: document.managedBy,
    sku: document.sku,
    plan: document.plan,
    zones: document.zones,
    identity: document.identity && {
      systemAssigned: document.identity.systemAssigned,
      userAssigned: document.identity.userAssigned,
    },
    properties: document.properties,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  }
}

import type { Kysely } from 'kysely'
import type { SigningKeyStore } from '../tokens/signing-key.ts'
import type { Schema } from './schema.ts'

/** The signing keys over a connection or a transaction. */
export function signingKeyStore(db: Kysely<Schema>): SigningKeyStore {
  return {
    async listSigningKeys() {
      const rows = await db.selectFrom('signing_keys').selectAll().orderBy('active_from').execute()
      return rows.map((row) => ({
        kid: row.kid,
        encryptedPrivateKey: row.encrypted_private_key,
        certificate: row.certificate,
        createdAt: row.created_at,
        activeFrom: row.active_from,
        retiresAt: row.retires_at,
      }))
    },
    async insertSigningKey(key) {
      await db
        .insertInto('signing_keys')
        .values({
          kid: key.kid,
          encrypted_private_key: key.encryptedPrivateKey,
          certificate: key.certificate,
          created_at: key.createdAt,
          active_from: key.activeFrom,
          retires_at: key.retiresAt,
        })
        .execute()
    },
    async deleteSigningKey(kid) {
      await db.deleteFrom('signing_keys').where('kid', '=', kid).execute()
    },
  }
}

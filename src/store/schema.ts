/** Tables as Kysely sees them. Keys are ids in lower case; `*_json` columns hold JSON text; times are milliseconds since the epoch. */
export interface Schema {
  installation: { name: string; value: string }
  service_principals: {
    object_id: string
    client_id: string
    display_name: string
    kind: string
    managed_by: string | null
    managed_by_key: string | null
    created_at: number
  }
  applications: {
    client_id: string
    display_name: string
    identifier_uris_json: string
    secrets_json: string
    certificates_json: string
    federated_credentials_json: string
  }
  users: {
    object_id: string
    user_principal_name: string
    user_principal_name_key: string
    display_name: string
    password_hash: string | null
    created_at: number
  }
  role_assignments: {
    scope_key: string
    name_key: string
    name: string
    scope: string
    role_id: string
    principal_id: string
    principal_key: string
    principal_type: string
    description: string | null
    created_at: number
    created_by: string
  }
  subscriptions: { subscription_key: string; subscription_id: string; display_name: string }
  resource_groups: {
    subscription_key: string
    name_key: string
    subscription_id: string
    name: string
    location: string
    tags_json: string | null
  }
  resources: { key: string; type_key: string; id: string; document_json: string; created_at: number; changed_at: number }
  signing_keys: {
    kid: string
    encrypted_private_key: string
    certificate: string
    created_at: number
    active_from: number
    retires_at: number
  }
}

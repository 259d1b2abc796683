/** The first tables. Statements stand as SQL: a migration must not change when the code around it does. */
export const firstTables: readonly string[] = [
  `create table installation (name text primary key, value text not null) strict`,
  `create table service_principals (
     object_id text primary key, client_id text not null unique, display_name text not null, kind text not null,
     managed_by text, managed_by_key text, created_at integer not null) strict`,
  `create index service_principals_managed_by on service_principals (managed_by_key)`,
  `create table applications (
     client_id text primary key, display_name text not null, identifier_uris_json text not null, secrets_json text not null) strict`,
  `create table role_assignments (
     scope_key text not null, name_key text not null, name text not null, scope text not null, role_id text not null,
     principal_id text not null, principal_key text not null, principal_type text not null, description text, created_at integer not null, created_by text not null,
     primary key (scope_key, name_key)) strict`,
  `create index role_assignments_principal on role_assignments (principal_key)`,
  `create table subscriptions (subscription_key text primary key, subscription_id text not null, display_name text not null) strict`,
  `create table resource_groups (
     subscription_key text not null references subscriptions (subscription_key), name_key text not null, subscription_id text not null,
     name text not null, location text not null, tags_json text, primary key (subscription_key, name_key)) strict`,
  `create table resources (
     key text primary key, type_key text not null, id text not null, document_json text not null,
     created_at integer not null, changed_at integer not null) strict`,
  `create index resources_type on resources (type_key, key)`,
  `create table signing_keys (
     kid text primary key, encrypted_private_key text not null, certificate text not null, created_at integer not null,
     active_from integer not null, retires_at integer not null) strict`,
]

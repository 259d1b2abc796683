/** The people of the tenant. */
export const users: readonly string[] = [
  `create table users (
     object_id text primary key, user_principal_name text not null, user_principal_name_key text not null unique,
     display_name text not null, password_hash text, created_at integer not null) strict`,
]

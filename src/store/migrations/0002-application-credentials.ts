/** Certificates and federated credentials of applications. */
export const applicationCredentials: readonly string[] = [
  `alter table applications add column certificates_json text not null default '[]'`,
  `alter table applications add column federated_credentials_json text not null default '[]'`,
]

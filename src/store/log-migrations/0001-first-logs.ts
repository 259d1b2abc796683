/** The first tables of the logs. What a row is found by stands in columns, the rest in its document. */
export const firstLogs: readonly string[] = [
  `create table activity (
     id text primary key, time integer not null, subscription_key text, document_json text not null) strict, without rowid`,
  `create index activity_time on activity (subscription_key, time desc, id)`,
  `create index activity_age on activity (time desc, id)`,
  `create table sign_ins (id text primary key, time integer not null, document_json text not null) strict, without rowid`,
  `create index sign_ins_time on sign_ins (time desc, id)`,
  `create table refusals (
     request_key text primary key, correlation_key text not null, time integer not null, document_json text not null) strict, without rowid`,
  `create index refusals_correlation on refusals (correlation_key, time desc)`,
  `create index refusals_time on refusals (time desc, request_key)`,
]

/**
 * Who may import whom: the table of docs/architecture.md, enforced by `npm run lint`. A room may always import itself.
 * `cli/platform` is the part of the CLI that starts the platform.
 */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  'resource-ids': [],
  'access-control': ['resource-ids'],
  directory: ['resource-ids', 'access-control'],
  'azure-services': [],
  tokens: ['directory', 'azure-services'],
  resources: ['resource-ids', 'directory', 'access-control'],
  machines: ['resources', 'directory', 'resource-ids'],
  http: [],
  faults: [],
  logs: [],
  contracts: [],
  'metadata-endpoint': ['machines', 'tokens', 'directory', 'http', 'resource-ids', 'logs'],
  'token-endpoint': ['tokens', 'directory', 'http', 'logs'],
  'resource-manager': ['resources', 'directory', 'access-control', 'resource-ids', 'tokens', 'contracts', 'http', 'logs'],
  graph: ['tokens', 'directory', 'http', 'logs', 'azure-services'],
  'workload-issuer': ['tokens', 'http'],
  'portal-endpoint': ['http'],
  gateway: ['http'],
  'api-client': ['contracts'],
  diagnosis: ['api-client', 'contracts'],
  world: ['resource-ids', 'directory', 'access-control', 'resources', 'contracts', 'faults'],
  store: ['directory', 'access-control', 'resources', 'tokens', 'resource-ids', 'logs'],
  cli: ['api-client', 'azure-services', 'contracts', 'diagnosis', 'server'],
  testing: ['server', 'world', 'faults', 'cli'],
  // A client of the public API: of the rest only rules and data that need no platform, and that run in a browser.
  portal: ['api-client', 'contracts', 'resource-ids', 'access-control', 'azure-services', 'diagnosis'],
}

/** What one client got on one host, by each way of asking: the name of the identity, or the class of the refusal. */
export interface Row {
  readonly client: string
  readonly version: string
  readonly host: string
  readonly system: string
  readonly named: string
  readonly default: string
}

/** The page that is made of the rows; Markdown. */
export function compatibilityTable(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ client, version, host, system, named, default: byDefault }) =>
      `| ${[client, version, host, system, named, byDefault].join(' | ')} |`,
  )
  return `# Compatibility

Made by \`LANYARD_WRITE_COMPATIBILITY=1 npm run conformance\` from what the clients did; a test fails where this page and they differ.
Each client ran under \`lanyard run --offline --vm HOST\` on a machine that has its system-assigned identity, which bears the name of
the machine, and the user-assigned identity \`app\`. Where a library lets no identity be named on a host, the class of its refusal stands.

| client | version | host | ManagedIdentityCredential | the same, \`app\` by resource id | DefaultAzureCredential |
|---|---|---|---|---|---|
${lines.join('\n')}

The Azure SDK for JavaScript runs on the same hosts in \`tests/sdk/hosts.test.ts\`, and in a pod (\`aks\`) in
\`tests/sdk/federation.test.ts\`.
`
}

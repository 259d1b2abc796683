import { summaryOf, ways, type Probe, type Way } from './probe.ts'

/** What one client was told on one host. */
export interface Row {
  readonly client: string
  readonly version: string
  readonly host: string
  readonly probe: Probe
}

const given: readonly Way[] = ['system', 'clientId', 'objectId', 'resourceId', 'default', 'workload', 'read']
const refused: readonly Way[] = ['stranger', 'unknownResource']

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const givenLine = ({ client, version, host, probe }: Row) =>
  line([client, version, host, ...given.map((way) => summaryOf(probe[way]))])
const refusedLine = ({ client, host, probe }: Row) => line([client, host, ...refused.map((way) => summaryOf(probe[way]))])

const heading = (...columns: readonly string[]) => `${line(columns)}\n|${'---|'.repeat(columns.length)}`

/** The lines of the page that are about a client; they begin with its name. */
export function linesOf(client: string, page: string): readonly string[] {
  return page.split('\n').filter((one) => one.startsWith(`| ${client} |`))
}

/** The lines that those rows make, in the order of the page. */
export function linesOfRows(rows: readonly Row[]): readonly string[] {
  return [...rows.map(givenLine), ...rows.map(refusedLine)]
}

/** The page that is made of the rows; Markdown. */
export function compatibilityPage(rows: readonly Row[]): string {
  return `# Compatibility

Made by \`LANYARD_WRITE_COMPATIBILITY=1 npm run conformance\` from what the clients did; a test fails where this page and they differ.
Each client ran under \`lanyard run --offline --vm HOST\`, unmodified, on a machine that has its system-assigned identity, which bears
the name of the machine, and the user-assigned identity \`app\`. A cell is the identity whose token came, or the class of what the
library raised, with the reason that its message passes on; for az the exit code. "–" is a way that the client does not have.

- **Reads a resource** is \`app\` through the resource manager, with DefaultAzureCredential where there is one.
- **aks** is a pod, whose service account is federated with the identity \`pod\`. Some libraries take that for a managed identity.
- **Azure CLI 2.45** is not run on Azure Arc, which it does not know: it asks the metadata service, which is not there, for minutes. On
  Container Apps and Azure ML it asks as in Cloud Shell, and is refused, as in Azure. Neither az names an identity in Cloud Shell, and
  the newest none on Service Fabric: they ask for the machine's own.
- **app-service-2017** and **vm-extension** are hosts that today's libraries no longer know; they take them for others.

${heading('client', 'version', 'host', ...given.map((way) => ways[way]))}
${rows.map(givenLine).join('\n')}

## Refusals

What the same clients raise for an identity that exists and is not attached to the machine (in a pod: that is not federated with its
service account), named by its client id, and for the token of a resource that does not exist. Failures of the endpoint itself are in
[faults.md](faults.md).

${heading('client', 'host', ...refused.map((way) => ways[way]))}
${rows.map(refusedLine).join('\n')}

## Not run

Azure's SDKs for .NET and C++, Azure PowerShell, Terraform: none of them can be installed from the package registries that the project's
checks reach. What they send and expect was read from their sources, and PowerShell's requests are replayed in
\`tests/wire/powershell.test.ts\`.
`
}

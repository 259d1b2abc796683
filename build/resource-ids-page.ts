import { instanceAudiences } from '../src/azure-services/instance-audiences.ts'
import { resourceIds } from '../src/azure-services/resource-ids.ts'
import { serviceApplications } from '../src/azure-services/service-applications.ts'
import type { Cloud, ServiceResourceId } from '../src/azure-services/service-resource-id.ts'

const names: Readonly<Record<Cloud, string>> = {
  AzureCloud: 'global',
  AzureUSGovernment: 'US Government',
  AzureGermanCloud: 'Germany (retired)',
  AzureChinaCloud: 'China (21Vianet)',
}

/** The page of documentation about resource ids, in Markdown. */
export function resourceIdsPage(): string {
  return `# Resource ids

What a client passes as \`resource\` to get a token of a service, and what the token then says as its audience (\`aud\`). This page is
written by \`npm run resource-ids\` from \`src/azure-services/\`, the same data by which tokens are issued.

    lanyard resource-ids list -o table
    lanyard resource-ids list --service vault --cloud AzureChinaCloud
    lanyard account get-access-token --resource https://vault.azure.net

- A token can be asked for each, from the metadata endpoint and from the token endpoint, with and without a trailing slash, in any
  casing, and as a scope (\`https://vault.azure.net/.default\`). The audience is what was asked for, letter by letter.
- The ids of every cloud are known in every installation, so that code for a sovereign cloud can be tried.
- Anything else is refused as Entra refuses it: \`invalid_resource\`, AADSTS500011. A host name below one of Azure's domains is not
  enough: \`https://my-vault.vault.azure.net\` and \`https://nothing.azure.com\` are no audiences there either.
- A service of your own, or one that is missing here, is an application of the [world file](world-file.md) with its
  \`identifierUris\`. Its client id is an audience as well. So is \`https://localhost\`, at any port, for a resource manager of your own.

## Services

${table(resourceIds)}
## Audiences of one instance

What stands in braces is the name of an account, a namespace, a cluster or a region: one label of the host name.

${table(instanceAudiences)}
## Applications

The applications of these services in Entra. Their ids are audiences too.

| service | application id | source |
|---|---|---|
${serviceApplications.map(({ service, applicationId, source }) => `| ${service} | \`${applicationId}\` | ${source} |`).join('\n')}
`
}

function table(rows: readonly ServiceResourceId[]): string {
  const lines = rows.map(
    ({ service, resourceId, cloud, source }) => `| ${service} | \`${resourceId}\` | ${names[cloud]} | ${source} |`,
  )
  return `| service | resource id | cloud | source |\n|---|---|---|---|\n${lines.join('\n')}\n`
}

import path from 'node:path'
import type { SessionFacts } from '../../server/index.ts'
import { trustFilesIn } from './write-trust.ts'

/** Names that a proxy variable goes by; programs differ in the casing that they read. */
const proxyVariables = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']
/** The user's own local servers are reached directly; Azure's hosts never bypass the proxy. */
const noProxy = 'localhost,127.0.0.1,::1'
/** Variables of the user's that would lead a client past the machine's metadata endpoint, or to another identity. */
const identityVariables = [
  'IDENTITY_ENDPOINT',
  'IDENTITY_HEADER',
  'IDENTITY_SERVER_THUMBPRINT',
  'IMDS_ENDPOINT',
  'MSI_ENDPOINT',
  'MSI_SECRET',
  'DEFAULT_IDENTITY_CLIENT_ID',
  'ACC_CLOUD',
  'AZUREPS_HOST_ENVIRONMENT',
  'WEBSITE_SITE_NAME',
  'APPSETTING_WEBSITE_SITE_NAME',
  'CONTAINER_APP_NAME',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_POD_IDENTITY_AUTHORITY_HOST',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_TENANT_ID',
  'AZURE_AUTHORITY_HOST',
]

/** Where a run's command finds the token of its service account. */
export function projectedTokenIn(folder: string): string {
  return path.join(folder, 'azure-identity-token')
}

/**
 * The environment of a command that runs as a machine: the proxy and trust variables of each ecosystem, and a private place
 * for the clients' own configuration.
 * @param env the user's environment
 * @param facts what the platform said
 * @param folder the private folder of this run, in which `writeTrust` has put the files to trust
 */
export function runEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  facts: SessionFacts,
  folder: string,
): Record<string, string | undefined> {
  const trust = trustFilesIn(folder)
  const result: Record<string, string | undefined> = { ...env }
  for (const name of identityVariables) delete result[name]
  for (const name of proxyVariables) result[name] = facts.proxyUrl
  const application = facts.application && {
    AZURE_TENANT_ID: facts.tenantId,
    AZURE_CLIENT_ID: facts.application.clientId,
    AZURE_CLIENT_SECRET: facts.application.secret,
    ARM_TENANT_ID: facts.tenantId,
    ARM_CLIENT_ID: facts.application.clientId,
    ARM_CLIENT_SECRET: facts.application.secret,
  }
  return {
    ...result,
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    // Python (requests, httpx through ssl), curl, Go, .NET and OpenSSL, git, Rust
    REQUESTS_CA_BUNDLE: trust.bundle,
    CURL_CA_BUNDLE: trust.bundle,
    SSL_CERT_FILE: trust.bundle,
    GIT_SSL_CAINFO: trust.bundle,
    NODE_EXTRA_CA_CERTS: trust.addition,
    NODE_USE_ENV_PROXY: '1',
    JAVA_TOOL_OPTIONS: [env['JAVA_TOOL_OPTIONS'], ...javaOptions(new URL(facts.proxyUrl), trust.java)].filter(Boolean).join(' '),
    // the user's own az and lanyard sign-ins stay as they are
    AZURE_CONFIG_DIR: path.join(folder, 'azure'),
    LANYARD_CONFIG_DIR: path.join(folder, 'lanyard'),
    // az would spend its exit on sending usage data
    AZURE_CORE_COLLECT_TELEMETRY: env['AZURE_CORE_COLLECT_TELEMETRY'] ?? 'false',
    ...facts.environment,
    ...(facts.projectedToken !== undefined && { AZURE_FEDERATED_TOKEN_FILE: projectedTokenIn(folder) }),
    ...application,
    LANYARD_VM: facts.machineId,
  }
}

/** The JDK reads neither proxy nor trust variables. This one every JVM reads, below Maven, Gradle and the like too; it says so on the standard error. */
function javaOptions(proxy: URL, trustStore: string): string[] {
  const store = /\s/.test(trustStore) ? `"${trustStore}"` : trustStore
  return [
    ...['http', 'https'].flatMap((scheme) => [`-D${scheme}.proxyHost=${proxy.hostname}`, `-D${scheme}.proxyPort=${proxy.port}`]),
    '-Dhttp.nonProxyHosts=localhost|127.*|[::1]',
    `-Djavax.net.ssl.trustStore=${store}`,
  ]
}

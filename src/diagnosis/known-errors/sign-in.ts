import type { KnownError } from '../known-error.ts'

const entra = [
  { client: 'Microsoft Entra ID', version: 'v1 and v2 endpoints' },
  { client: 'every client', version: 'around its text' },
]
const scriptOf = (lines: string) => lines

/** What the token endpoint of Entra answers: codes that begin with AADSTS. */
export const signIn: readonly KnownError[] = [
  {
    id: 'aadsts500011-unknown-resource',
    title: 'AADSTS500011: the resource principal was not found in the tenant',
    depth: 'cause',
    patterns: [
      'AADSTS500011: The resource principal named {resource} was not found in the tenant named {tenant}. This can',
      'AADSTS500011',
      'AADSTS50001:',
      '"error":"invalid_resource"',
    ],
    samples: [
      '{"error":"invalid_resource","error_description":"AADSTS500011: The resource principal named https://vault.azure.com was not found in the tenant named 11111111-1111-4111-8111-111111111111. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant."}',
    ],
    printedBy: [...entra, { client: 'Azure Instance Metadata Service', version: 'all' }],
    meaning: 'The token was asked for a service that this tenant does not know. Identity and request are otherwise in order.',
    causes: [
      {
        cause: 'The resource is misspelt, or is the address of one vault or account instead of the service.',
        howToTell:
          'It is not in the list of resource ids: https://vault.azure.net and not https://vault.azure.com or https://my-vault.vault.azure.net.',
        fixes: {
          az: 'az account get-access-token --resource https://vault.azure.net',
          powershell: 'Get-AzAccessToken -ResourceUrl https://vault.azure.net',
          portal: 'Resource ids',
          lanyard: 'lanyard resource-ids list\nlanyard account get-access-token --resource https://vault.azure.net',
        },
      },
      {
        cause: 'It is an application of your own that is not in this tenant.',
        howToTell: 'The resource begins with api:// or is a client id; the tenant in the message is not the one that owns it.',
        fixes: {
          az: 'az ad sp list --filter "servicePrincipalNames/any(n:n eq \'{resource}\')" -o table',
          portal: 'Microsoft Entra ID > Enterprise applications > the application',
          lanyard:
            'lanyard up --config lanyard.yaml    # with the application under "applications", its identifierUris naming {resource}',
        },
      },
    ],
  },
  {
    id: 'aadsts7000215-invalid-secret',
    title: 'AADSTS7000215: invalid client secret',
    depth: 'cause',
    patterns: ['AADSTS7000215: Invalid client secret provided', 'AADSTS7000215'],
    samples: [
      "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '33333333-3333-4333-8333-333333333333'. Trace ID: 1",
    ],
    printedBy: entra,
    meaning: 'The application exists; the secret is not one of its own.',
    causes: [
      {
        cause: "The secret's id was taken for its value, or a shell changed it on the way.",
        howToTell: 'The secret that was sent is a GUID, or has $, ! or a backslash and was not in single quotes.',
        fixes: {
          az: scriptOf(
            "az ad app credential reset --id {clientId} --append\naz login --service-principal -u {clientId} -p 'SECRET' --tenant {tenant}",
          ),
          powershell: 'New-AzADAppCredential -ApplicationId {clientId}',
          portal: 'Microsoft Entra ID > App registrations > the application > Certificates & secrets > New client secret',
          lanyard: 'lanyard run --as APPLICATION -- COMMAND    # lends the secret of the world file',
        },
      },
      {
        cause: 'The program runs on an Azure host and needs no secret.',
        howToTell:
          'AZURE_CLIENT_SECRET is set where a managed identity would do; the environment comes first in DefaultAzureCredential.',
        fixes: {
          az: 'unset AZURE_CLIENT_SECRET AZURE_CLIENT_ID AZURE_TENANT_ID\naz login --identity',
          lanyard: 'lanyard run -- COMMAND    # unsets them',
        },
      },
    ],
  },
  {
    id: 'aadsts7000222-expired-secret',
    title: 'AADSTS7000222: the client secret is expired',
    depth: 'cause',
    patterns: ["AADSTS7000222: The provided client secret keys for app '{clientId}' are expired", 'AADSTS7000222'],
    samples: [
      "invalid_client: AADSTS7000222: The provided client secret keys for app '33333333-3333-4333-8333-333333333333' are expired. Visit the Azure portal to create new keys for your app",
    ],
    printedBy: entra,
    meaning: 'Every secret of the application has passed its date.',
    causes: [
      {
        cause: 'Nobody made a new secret in time.',
        howToTell: 'The end dates of the credentials lie in the past.',
        fixes: {
          az: 'az ad app credential list --id {clientId} -o table\naz ad app credential reset --id {clientId} --append',
          powershell: 'New-AzADAppCredential -ApplicationId {clientId}',
          portal: 'Microsoft Entra ID > App registrations > the application > Certificates & secrets',
          lanyard: 'lanyard clock reset    # when the clock of the platform was moved',
        },
      },
    ],
  },
  {
    id: 'aadsts700016-application-not-found',
    title: 'AADSTS700016: the application was not found in the directory',
    depth: 'cause',
    patterns: [
      "AADSTS700016: Application with identifier '{clientId}' was not found in the directory '{tenant}'",
      'AADSTS700016',
    ],
    samples: [
      "AADSTS700016: Application with identifier '33333333-3333-4333-8333-333333333333' was not found in the directory 'contoso'. This can happen if the application has not been installed by the administrator of the tenant",
    ],
    printedBy: entra,
    meaning: 'The client id is of no application in the tenant that was asked.',
    causes: [
      {
        cause: "The tenant is another one than the application's, or the client id is misspelt (or is the object id).",
        howToTell:
          'Compare both with the overview of the application: it shows "Application (client) ID" and "Directory (tenant) ID".',
        fixes: {
          az: 'az ad sp show --id {clientId} --query "{appId:appId, tenant:appOwnerOrganizationId}"',
          portal: 'Microsoft Entra ID > App registrations > the application > Overview',
          lanyard: 'lanyard run --as APPLICATION -- env | grep AZURE_',
        },
      },
      {
        cause: 'A client id of a managed identity is used with a secret: managed identities have none.',
        howToTell:
          'The id is that of a user-assigned identity. Entra says the same of a system-assigned one whose machine was deleted.',
        fixes: {
          az: 'az login --identity --client-id {clientId}',
          powershell: 'Connect-AzAccount -Identity -AccountId {clientId}',
          lanyard: 'lanyard login --identity --client-id {clientId}',
        },
      },
    ],
  },
  {
    id: 'aadsts700027-assertion-signature',
    title: 'AADSTS700027: the client assertion has an invalid signature',
    depth: 'cause',
    patterns: ['AADSTS700027'],
    samples: [
      "AADSTS700027: Client assertion contains an invalid signature. [Reason - The key was not found., Thumbprint of key used by client: 'AB12']",
    ],
    printedBy: entra,
    meaning:
      'The certificate that signed is not registered with the application, or the issuer of the federated token does not publish its key.',
    causes: [
      {
        cause: 'The certificate was renewed at the client and not at the application.',
        howToTell: 'The thumbprint in the message is not in the list of the application.',
        fixes: {
          az: 'az ad app credential list --id {clientId} --cert -o table\naz ad app credential reset --id {clientId} --append --cert @FILE',
          portal: 'Microsoft Entra ID > App registrations > the application > Certificates & secrets > Certificates',
          lanyard: 'lanyard up --config lanyard.yaml    # with the certificate under the application',
        },
      },
      {
        cause: "The cluster's signing keys were rotated and its published key set is old.",
        howToTell: 'The "kid" of the token is not in the key set of its issuer.',
        fixes: { az: 'az aks show -g {group} -n CLUSTER --query oidcIssuerProfile.issuerUrl -o tsv' },
      },
    ],
  },
  {
    id: 'aadsts700024-assertion-time',
    title: 'AADSTS700024: the client assertion is not within its valid time range',
    depth: 'cause',
    patterns: ['AADSTS700024', 'AADSTS500133'],
    samples: [
      'AADSTS700024: Client assertion is not within its valid time range. Current time: 2026-01-01T00:00:00.0000000Z, assertion valid from 2026-01-01T01:00:00.0000000Z',
      'AADSTS500133: Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token.',
    ],
    printedBy: entra,
    meaning: 'Entra takes the assertion for expired, or for one from the future.',
    causes: [
      {
        cause: "The client's clock is wrong.",
        howToTell: 'The message has both times; "date -u" differs from the first by more than five minutes.',
        fixes: {
          az: 'sudo timedatectl set-ntp true',
          powershell: 'w32tm /resync',
          lanyard: 'lanyard clock show\nlanyard clock reset',
        },
      },
      {
        cause: 'The token of the service account was read once and kept: it is renewed in its file every hour.',
        howToTell: 'It works after a restart and fails some hours later.',
        fixes: { az: 'kubectl rollout restart deployment NAME    # and read AZURE_FEDERATED_TOKEN_FILE anew each time' },
      },
    ],
  },
  ...(
    [
      ['700211', 'issuer', 'issuer'],
      ['700212', 'audience', 'audience'],
      ['700213', 'subject', 'subject'],
    ] as const
  ).map(([code, what, variable]): KnownError => ({
    id: `aadsts${code}-federated-${what}`,
    title: `AADSTS${code}: no federated credential with the ${what} of the presented assertion`,
    depth: 'cause',
    patterns: [
      `AADSTS${code}: No matching federated identity record found for presented assertion ${what} '{${variable}}'`,
      `AADSTS${code}`,
    ],
    samples: [
      `AADSTS${code}: No matching federated identity record found for presented assertion ${what} '${{ issuer: 'https://token.actions.githubusercontent.com', audience: 'api://AzureADTokenExchange', subject: 'repo:contoso/shop:ref:refs/heads/main' }[what]}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion.`,
    ],
    printedBy: [...entra, { client: 'azure/login, WorkloadIdentityCredential', version: 'all' }],
    meaning: `The token of the other issuer is good. No federated credential of the application or identity has exactly this ${what}; letter for letter, casing included.`,
    causes: [
      {
        cause: `The federated credential says another ${what}.`,
        howToTell: {
          issuer: 'The issuer in the message and the one of the credential differ, often by a slash at the end.',
          audience: 'The audience is not api://AzureADTokenExchange.',
          subject:
            'GitHub: another branch, a pull request or an environment has another subject. Kubernetes: another namespace or service account.',
        }[what],
        fixes: {
          az: `az identity federated-credential list -g {group} --identity-name IDENTITY -o table\naz identity federated-credential update -g {group} --identity-name IDENTITY --name NAME --issuer "{issuer}" --subject "{subject}" --audiences "api://AzureADTokenExchange"`,
          powershell: 'Get-AzFederatedIdentityCredentials -ResourceGroupName {group} -IdentityName IDENTITY',
          portal: 'Managed identity > Settings > Federated credentials > the credential',
          lanyard:
            'lanyard up --config lanyard.yaml    # with federatedCredentials: [{ issuer, subject, audiences }] under the identity',
        },
      },
      {
        cause: 'The client id is of another application or identity than the one with the credential.',
        howToTell: 'AZURE_CLIENT_ID is not the client id that the credential stands under.',
        fixes: {
          az: 'az identity show -g {group} -n IDENTITY --query clientId -o tsv',
          portal: 'Managed identity > Overview > Client ID',
        },
      },
    ],
  })),
  {
    id: 'aadsts90002-tenant-not-found',
    title: 'AADSTS90002: the tenant was not found',
    depth: 'cause',
    patterns: ["AADSTS90002: Tenant '{tenant}' not found", 'AADSTS90002', 'AADSTS900021:', 'AADSTS900023:'],
    samples: [
      "AADSTS90002: Tenant '11111111-1111-4111-8111-111111111111' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.",
    ],
    printedBy: entra,
    meaning: 'There is no such tenant in this cloud.',
    causes: [
      {
        cause: 'The tenant id is misspelt, or is the id of a subscription.',
        howToTell: 'It is not the tenant that the subscription names.',
        fixes: {
          az: 'az account show --query tenantId -o tsv',
          powershell: '(Get-AzContext).Tenant.Id',
          portal: 'Microsoft Entra ID > Overview > Tenant ID',
          lanyard: 'lanyard account show --query tenantId -o tsv',
        },
      },
      {
        cause:
          'The request went to the public cloud and the tenant is in another (US Government, China), or the other way round.',
        howToTell: 'The authority host does not fit the cloud.',
        fixes: {
          az: 'az cloud set --name AzureUSGovernment',
          powershell: 'Connect-AzAccount -Environment AzureUSGovernment',
          lanyard: 'echo $AZURE_AUTHORITY_HOST    # unset it, or set the host of the cloud',
        },
      },
      {
        cause: 'The request should have reached Lanyard, and reached Azure.',
        howToTell: 'The tenant is the one of the platform, which Azure does not know.',
        fixes: { lanyard: 'lanyard run -- COMMAND' },
      },
    ],
  },
  {
    id: 'aadsts900144-parameter-missing',
    title: 'AADSTS900144: the request body lacks a parameter',
    depth: 'cause',
    patterns: ['AADSTS900144'],
    samples: ["AADSTS900144: The request body must contain the following parameter: 'grant_type'."],
    printedBy: entra,
    meaning: 'The form that was sent to the token endpoint is incomplete, or was sent as JSON.',
    causes: [
      {
        cause: 'The body is no form: the header Content-Type is not application/x-www-form-urlencoded.',
        howToTell: 'All parameters are there, and it still names one of them.',
        fixes: {
          az: 'curl -X POST -d grant_type=client_credentials -d client_id={clientId} -d client_secret=SECRET -d scope=https://management.azure.com/.default https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token',
          lanyard: 'lanyard login --service-principal -u {clientId} -p SECRET --tenant {tenant}',
        },
      },
    ],
  },
  {
    id: 'aadsts1002012-scope',
    title: 'AADSTS1002012: client credentials need a scope that ends in /.default',
    depth: 'cause',
    patterns: ['AADSTS1002012', 'AADSTS70011'],
    samples: [
      'AADSTS1002012: The provided value for scope https://vault.azure.net is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
      "AADSTS70011: The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid.",
    ],
    printedBy: entra,
    meaning:
      'The v2 endpoint wants a scope, which is the resource id with "/.default" behind it; the metadata service wants the resource id alone.',
    causes: [
      {
        cause: 'A resource id was given where a scope belongs.',
        howToTell: 'SDKs take scopes, az and the metadata service take resources.',
        fixes: {
          az: 'az account get-access-token --scope https://vault.azure.net/.default\naz account get-access-token --resource https://vault.azure.net',
          powershell: 'Get-AzAccessToken -ResourceUrl https://vault.azure.net',
          lanyard: 'lanyard account get-access-token --resource https://vault.azure.net',
        },
      },
    ],
  },
  {
    id: 'aadsts50049-unknown-instance',
    title: 'AADSTS50049: unknown or invalid instance',
    depth: 'cause',
    patterns: ['AADSTS50049', '"error":"invalid_instance"', 'AuthorityValidationFailed', 'endpoints_resolution_error'],
    samples: ['{"error":"invalid_instance","error_description":"AADSTS50049: Unknown or invalid instance."}'],
    printedBy: [...entra, { client: 'MSAL', version: 'all' }],
    meaning:
      'The client asked the public cloud whether it may trust the host of your authority, and the public cloud does not know it.',
    causes: [
      {
        cause: 'A private authority (Azure Stack, Lanyard at an address of its own) with instance discovery left on.',
        howToTell: 'The authority is not login.microsoftonline.com or one of the national clouds.',
        fixes: {
          az: 'az config set core.instance_discovery=false',
          lanyard: 'lanyard run -- COMMAND    # answers under the public names, and needs no setting',
        },
      },
    ],
  },
  {
    id: 'aadsts7000112-application-disabled',
    title: 'AADSTS7000112: the application is disabled',
    depth: 'cause',
    patterns: ["AADSTS7000112: Application '{clientId}'", 'AADSTS7000112'],
    samples: ["AADSTS7000112: Application '33333333-3333-4333-8333-333333333333'(deployer) is disabled."],
    printedBy: entra,
    meaning: 'Its service principal exists and may not sign in.',
    causes: [
      {
        cause: 'An administrator switched it off.',
        howToTell: 'accountEnabled is false.',
        fixes: {
          az: 'az ad sp update --id {clientId} --set accountEnabled=true',
          portal:
            'Microsoft Entra ID > Enterprise applications > the application > Properties > Enabled for users to sign in: Yes',
        },
      },
    ],
  },
  {
    id: 'aadsts7000218-credential-missing',
    title: 'AADSTS7000218: the request needs client_assertion or client_secret',
    depth: 'cause',
    patterns: ['AADSTS7000218'],
    samples: ["AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'."],
    printedBy: entra,
    meaning: 'The application is a confidential one and has to prove itself; the request has no proof.',
    causes: [
      {
        cause: 'The secret is an empty variable.',
        howToTell: 'AZURE_CLIENT_SECRET is empty where the program runs (a pipeline does not show secrets to forks).',
        fixes: {
          az: 'test -n "$AZURE_CLIENT_SECRET" && az login --service-principal -u "$AZURE_CLIENT_ID" -p "$AZURE_CLIENT_SECRET" --tenant "$AZURE_TENANT_ID"',
          lanyard: 'lanyard run --as APPLICATION -- COMMAND',
        },
      },
    ],
  },
  {
    id: 'aadsts53003-conditional-access',
    title: 'AADSTS53003: blocked by Conditional Access',
    depth: 'cause',
    patterns: ['AADSTS53003', 'AADSTS530003', 'AADSTS50076', 'AADSTS50079', 'AADSTS50158'],
    samples: [
      'AADSTS53003: Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
      'AADSTS50076: Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access',
    ],
    printedBy: entra,
    meaning: 'A policy of the tenant refuses this sign-in, or asks for a second factor, which no script has.',
    causes: [
      {
        cause: 'A user signs in where a program should.',
        howToTell: 'The sign-in log of the tenant names the policy. Managed identities are not subject to these policies.',
        fixes: {
          az: 'az login --identity',
          powershell: 'Connect-AzAccount -Identity',
          portal: 'Microsoft Entra ID > Monitoring > Sign-in logs > the sign-in > Conditional Access',
          lanyard: 'lanyard login --identity',
        },
      },
    ],
  },
  {
    id: 'aadsts-transient',
    title: 'AADSTS90033, AADSTS90055: Entra is busy',
    depth: 'cause',
    patterns: ['AADSTS90033', 'AADSTS90055', 'AADSTS90006:', '"error":"temporarily_unavailable"'],
    samples: [
      '{"error":"temporarily_unavailable","error_description":"AADSTS90033: A transient error has occurred. Please try again."}',
    ],
    printedBy: entra,
    meaning: 'The request is in order; Entra could not serve it at this moment.',
    causes: [
      {
        cause: 'A failure that passes, or too many requests.',
        howToTell: 'The same request passes a little later.',
        fixes: { az: 'sleep 30    # and again, each time twice as long', lanyard: 'lanyard fault list\nlanyard fault clear' },
      },
    ],
  },
]

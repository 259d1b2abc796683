import type { KnownError } from '../known-error.ts'
import { askDoctor, attach, goPastProxy, showIdentities, switchOn } from './remedies.ts'

const python = { client: 'azure-identity (Python)', version: '1.4 and later' }
const net = { client: 'Azure.Identity (.NET)', version: '1.2 and later' }
const js = { client: '@azure/identity (JavaScript)', version: '2 and later' }
const go = { client: 'azidentity (Go)', version: '1.0 and later' }
const java = { client: 'azure-identity (Java)', version: '1.2 and later' }

const onALaptop = {
  cause: 'The program does not run in Azure, and no credential of the chain applies.',
  howToTell: 'It runs on a laptop, in CI or in a container of your own.',
  fixes: {
    az: 'az login    # AzureCliCredential then applies',
    powershell: 'Connect-AzAccount',
    lanyard: 'lanyard run -- COMMAND',
  },
}

/** What the credential classes of Azure's SDKs say, by themselves or as a chain. */
export const sdkCredentials: readonly KnownError[] = [
  {
    id: 'default-azure-credential-failed',
    title: 'DefaultAzureCredential failed to retrieve a token from the included credentials',
    depth: 'wrapper',
    patterns: [
      'DefaultAzureCredential failed to retrieve a token from the included credentials',
      'DefaultAzureCredential failed to retrieve a token',
      'DefaultAzureCredential: failed to acquire a token',
      'ChainedTokenCredential authentication failed',
      'ChainedTokenCredential failed to retrieve a token',
      'DefaultAzureCredential authentication failed due to an unhandled exception',
    ],
    samples: [
      'azure.core.exceptions.ClientAuthenticationError: DefaultAzureCredential failed to retrieve a token from the included credentials.\nAttempted credentials:',
      'AggregateAuthenticationError: ChainedTokenCredential authentication failed.\nCredentialUnavailableError: EnvironmentCredential is unavailable.',
      'DefaultAzureCredential: failed to acquire a token.\nAttempted credentials:',
    ],
    printedBy: [python, net, js, go, java],
    meaning:
      'A chain of credentials was tried one after the other, and none gave a token. Each says why in a line of its own below; the line of the one that you meant is the reason.',
    causes: [
      onALaptop,
      {
        cause: 'It does run in Azure, and its managed identity did not give a token.',
        howToTell: 'Read the line that begins with ManagedIdentityCredential, and explain that one.',
        fixes: askDoctor,
      },
    ],
  },
  {
    id: 'no-managed-identity-endpoint',
    title: 'No managed identity endpoint found',
    depth: 'symptom',
    patterns: [
      'ManagedIdentityCredential authentication unavailable, no managed identity endpoint found',
      'No Managed Identity endpoint found',
      'ManagedIdentityCredential authentication unavailable, no response from the IMDS endpoint',
      'no response from the IMDS endpoint',
      'Attempted to use the IMDS endpoint, but it is not available',
      'ManagedIdentityCredential authentication unavailable. Multiple attempts failed to obtain a token from the managed identity endpoint',
      'Managed Identity authentication is not available',
      'ManagedIdentityCredential authentication unavailable. Connection to IMDS endpoint cannot be established',
    ],
    samples: [
      'ManagedIdentityCredential authentication unavailable, no managed identity endpoint found.',
      "WARNING: Unable to acquire token for tenant 'organizations' with error 'ManagedIdentityCredential authentication unavailable. No Managed Identity endpoint found.'",
      '\tManagedIdentityCredential: ManagedIdentityCredential authentication unavailable, no response from the IMDS endpoint.',
      'CredentialUnavailableError: Attempted to use the IMDS endpoint, but it is not available.',
    ],
    printedBy: [python, net, js, java, { client: 'azure-identity (C++)', version: '1.0 and later' }],
    meaning: 'The client looked for a token source (the variables of a host, then 169.254.169.254) and found none.',
    causes: [
      onALaptop,
      {
        cause: 'App Service, Functions or Container Apps: the identity is off, so that the host sets no IDENTITY_ENDPOINT.',
        howToTell: '"env | grep IDENTITY" in the console of the app prints nothing.',
        fixes: {
          az: 'az webapp identity assign -g {group} -n APP\naz webapp restart -g {group} -n APP',
          powershell: 'Set-AzWebApp -ResourceGroupName {group} -Name APP -AssignIdentity $true',
          portal: 'App > Settings > Identity > System assigned > Status: On',
          lanyard: 'lanyard run --vm APP -- COMMAND    # with the app in lanyard.yaml',
        },
      },
      {
        cause: 'A virtual machine: a proxy, a firewall or a container network lies between.',
        howToTell: 'curl --noproxy "*" from the host itself gets an answer.',
        fixes: goPastProxy,
      },
    ],
  },
  {
    id: 'requested-identity-not-assigned',
    title: 'The requested identity has not been assigned to this resource',
    depth: 'symptom',
    patterns: [
      'The requested identity has not been assigned to this resource',
      "the requested identity isn't assigned to this resource",
      'No identity has been assigned to this resource',
      'no default identity is assigned to this resource',
      'failed to authenticate a system assigned identity',
    ],
    samples: [
      'ManagedIdentityCredential authentication unavailable. The requested identity has not been assigned to this resource.\nStatus: 400 (Bad Request)',
      "ManagedIdentityCredential authentication failed. the requested identity isn't assigned to this resource",
      'ManagedIdentityCredential: failed to authenticate a system assigned identity. The endpoint responded with',
    ],
    printedBy: [net, python, go, java, { client: 'azure_identity (Rust)', version: '0.20 and later' }],
    meaning: 'The metadata service answered 400. Clients take every 400 for this, so the body behind it is the reason.',
    causes: [
      {
        cause: 'No system-assigned identity is on, and none was named.',
        howToTell: 'The body says "Identity not found", and the code names no client id.',
        fixes: switchOn,
      },
      {
        cause: 'The client id that was named is of an identity that is not attached.',
        howToTell: 'AZURE_CLIENT_ID, or the client id in the code, is not in the list of the machine.',
        fixes: { ...attach, az: `${showIdentities.az ?? ''}\n${attach.az ?? ''}` },
      },
      {
        cause: 'Several user-assigned identities, and none was named.',
        howToTell: 'The body says "Multiple user assigned identities exist".',
        fixes: { az: 'export AZURE_CLIENT_ID={clientId}', lanyard: showIdentities.lanyard ?? '' },
      },
    ],
  },
  {
    id: 'managed-identity-unavailable',
    title: 'ManagedIdentityCredential authentication unavailable',
    depth: 'wrapper',
    patterns: [
      'ManagedIdentityCredential authentication unavailable',
      'ManagedIdentityCredential authentication failed',
      'ManagedIdentityCredential: Authentication failed. Message',
      'Managed Identity Error',
      '[Managed Identity] Authentication unavailable',
      'MsalServiceException: [Managed Identity]',
      'managed_identity_request_failed',
    ],
    samples: [
      'Azure.Identity.CredentialUnavailableException: ManagedIdentityCredential authentication unavailable.',
      'CredentialUnavailableError: ManagedIdentityCredential: Authentication failed. Message 1',
    ],
    printedBy: [python, net, js, java],
    meaning:
      'The managed identity of this host did not give a token. The text behind it says more; by itself this says only that the chain moves on.',
    causes: [
      onALaptop,
      {
        cause: 'The machine has no identity, or another one than was asked for.',
        howToTell: 'The text goes on with a status 400.',
        fixes: switchOn,
      },
      {
        cause: 'The token source cannot be reached.',
        howToTell: 'The text goes on with a timeout, a refusal or an address.',
        fixes: askDoctor,
      },
    ],
  },
  {
    id: 'managed-identity-timeout',
    title: 'The request to the managed identity endpoint timed out',
    depth: 'symptom',
    patterns: [
      'The request to the managed identity endpoint timed out',
      'managed identity timed out',
      'ManagedIdentityCredential: Network unreachable',
      'managed_identity_unreachable_network',
    ],
    samples: [
      'MsalServiceException: [Managed Identity] Authentication unavailable. The request to the managed identity endpoint timed out.',
      'ManagedIdentityCredential: managed identity timed out. See https://aka.ms/azsdk/go/identity/troubleshoot#dac for more information',
    ],
    printedBy: [{ client: 'MSAL.NET, MSAL Java, MSAL Node', version: 'all with managed identity' }, go, js],
    meaning: 'Nothing answers at the token address, and nothing refuses either: packets are dropped.',
    causes: [
      onALaptop,
      {
        cause: 'A firewall or a network policy drops what goes to 169.254.169.254.',
        howToTell: 'From the host itself it is answered, from the container or pod it is not.',
        fixes: { az: 'sudo iptables -L -n | grep 169.254\nkubectl get networkpolicy -A', ...askDoctor },
      },
    ],
  },
  {
    id: 'managed-identity-gateway',
    title: 'Managed identity: the request failed due to a gateway error',
    depth: 'symptom',
    patterns: [
      'The request failed due to a gateway error',
      'A socket operation was attempted to an unreachable network',
      'connecting to 169.254.169.254:80: connecting to 169.254.169.254:80: dial tcp',
      'response (403): unreachable',
      'host is unreachable',
    ],
    samples: [
      'ManagedIdentityCredential authentication unavailable. The request failed due to a gateway error.\nStatus: 502 (Bad Gateway)',
      'connecting to 169.254.169.254:80: connecting to 169.254.169.254:80: dial tcp 169.254.169.254:80: connectex: A socket operation was attempted to an unreachable network.',
    ],
    printedBy: [net, java, { client: 'Docker Desktop, as what answers', version: '4 and later' }],
    meaning:
      'A proxy took the request for the metadata address and could not pass it on: 502, 504, or the 403 of Docker Desktop.',
    causes: [
      {
        cause: 'HTTP_PROXY is set and NO_PROXY does not name the address.',
        howToTell: '"env | grep -i proxy" shows one.',
        fixes: goPastProxy,
      },
      {
        cause: 'Docker Desktop leads every request of a container through a proxy of its own.',
        howToTell: 'It happens in containers on a desktop alone.',
        fixes: { lanyard: 'lanyard up    # and the recipe for containers in docs/standing-endpoints.md' },
      },
    ],
  },
  {
    id: 'environment-credential-incomplete',
    title: 'EnvironmentCredential: the variables are not fully configured',
    depth: 'wrapper',
    patterns: [
      'EnvironmentCredential authentication unavailable',
      'EnvironmentCredential is unavailable',
      'EnvironmentCredential: missing environment variable',
      'Environment variables are not fully configured',
    ],
    samples: [
      'EnvironmentCredential authentication unavailable. Environment variables are not fully configured.',
      'EnvironmentCredential is unavailable. No underlying credential could be used.',
      'EnvironmentCredential: missing environment variable AZURE_TENANT_ID',
    ],
    printedBy: [python, net, js, go, java],
    meaning:
      'AZURE_TENANT_ID, AZURE_CLIENT_ID and a secret or certificate are not all set. With a managed identity that is as it should be: the chain goes on to the next credential.',
    causes: [
      {
        cause: 'You meant to sign in by a secret, and a variable is missing.',
        howToTell: '"env | grep AZURE_" does not show all three.',
        fixes: {
          az: 'export AZURE_TENANT_ID={tenant} AZURE_CLIENT_ID={clientId} AZURE_CLIENT_SECRET=SECRET',
          powershell:
            '$env:AZURE_TENANT_ID = "{tenant}"; $env:AZURE_CLIENT_ID = "{clientId}"; $env:AZURE_CLIENT_SECRET = "SECRET"',
          lanyard: 'lanyard run --as APPLICATION -- COMMAND',
        },
      },
      {
        cause: 'You meant the managed identity.',
        howToTell: 'The program is to run in Azure without a secret. Look at the line of ManagedIdentityCredential instead.',
        fixes: askDoctor,
      },
    ],
  },
  {
    id: 'azure-cli-credential-unavailable',
    title: 'AzureCliCredential: az is not installed or nobody is signed in',
    depth: 'wrapper',
    patterns: [
      'Azure CLI not found on path',
      'Azure CLI could not be found',
      "Please run 'az login' from a command prompt to authenticate",
      'Failed to invoke the Azure CLI',
      'AzureCLICredential: Azure CLI not found',
      "Please run 'az login' to set up an account",
      'Azure CLI not installed',
    ],
    samples: [
      '\tAzureCliCredential: Azure CLI not found on path',
      "CredentialUnavailableError: Please run 'az login' from a command prompt to authenticate before using this credential.",
      "AzureCliCredential: Please run 'az login' to set up an account",
    ],
    printedBy: [python, net, js, go, java],
    meaning:
      'The chain got as far as the sign-in of az, and there is none. On a host with a managed identity this is only the last line of a longer story.',
    causes: [
      {
        cause: 'On a laptop: az is missing, or signed out.',
        howToTell: '"az account show" fails.',
        fixes: { az: 'az login', lanyard: 'lanyard run -- COMMAND' },
      },
      {
        cause: 'In Azure: the managed identity before it in the chain failed.',
        howToTell: 'Look at the line of ManagedIdentityCredential.',
        fixes: askDoctor,
      },
    ],
  },
  {
    id: 'several-identity-selectors',
    title: 'Only one of clientId, resourceId and objectId can be provided',
    depth: 'cause',
    patterns: [
      "ManagedIdentityCredential: only one of 'clientId', 'resourceId', or 'objectId' can be provided",
      'More than one ManagedIdentityIdType was provided',
      'please specify only one of client_id, object_id and msi_res_id',
      'Provide only one of --client-id, --object-id, --resource-id',
    ],
    samples: [
      "ManagedIdentityCredential: only one of 'clientId', 'resourceId', or 'objectId' can be provided. Received values: {}",
      '{"error":"invalid_request","error_description":"More than one identity is specified in the token request, please specify only one of client_id, object_id and msi_res_id"}',
      'ERROR: Usage error: Provide only one of --client-id, --object-id, --resource-id.',
    ],
    printedBy: [
      js,
      { client: 'MSAL Node', version: '2.7 and later' },
      { client: 'Lanyard, Azure CLI', version: 'all; 2.74 and later' },
    ],
    meaning: 'An identity is named in more than one way.',
    causes: [
      {
        cause: 'The code names one and the environment another.',
        howToTell: 'AZURE_CLIENT_ID is set, and the code passes a resource id.',
        fixes: {
          az: 'unset AZURE_CLIENT_ID\naz login --identity --client-id {clientId}',
          lanyard: 'lanyard login --identity --client-id {clientId}',
        },
      },
    ],
  },
  {
    id: 'multiple-scopes',
    title: 'Multiple scopes are not supported',
    depth: 'cause',
    patterns: [
      'Multiple scopes are not supported',
      'requires exactly one scope per token request',
      'This credential requires exactly one scope',
    ],
    samples: [
      'ManagedIdentityCredential: Multiple scopes are not supported. Scopes: ["https://vault.azure.net/.default","https://storage.azure.com/.default"]',
      'ValueError: This credential requires exactly one scope per token request.',
    ],
    printedBy: [js, python, go],
    meaning: 'A token is for one service; the code asked for several at once.',
    causes: [
      {
        cause: 'getToken was given more than one scope.',
        howToTell: 'The message lists them.',
        fixes: {
          az: 'az account get-access-token --resource https://vault.azure.net',
          lanyard: 'lanyard account get-access-token --resource https://vault.azure.net    # one token for each',
        },
      },
    ],
  },
]

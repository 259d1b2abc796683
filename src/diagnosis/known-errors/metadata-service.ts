import type { KnownError } from '../known-error.ts'
import { attach, goPastProxy, showIdentities, switchOn } from './remedies.ts'

const service = { client: 'Azure Instance Metadata Service', version: 'all' }

/** What the instance metadata service answers on a virtual machine. */
export const metadataService: readonly KnownError[] = [
  {
    id: 'identity-not-found',
    title: 'Identity not found',
    depth: 'cause',
    patterns: ['Identity not found', '"error_description":"Identity not found"'],
    samples: [
      '{"error":"invalid_request","error_description":"Identity not found"}',
      'ERROR: Identity not found\nRun the command below to authenticate interactively; additional arguments may be added as needed:\naz logout\naz login',
      'ManagedIdentityCredential authentication unavailable. The requested identity has not been assigned to this resource.\nStatus: 400 (Bad Request)\n\nContent:\n{"error":"invalid_request","error_description":"Identity not found"}',
    ],
    printedBy: [
      service,
      { client: 'Azure CLI', version: '2.74 and later' },
      { client: 'Azure SDKs', version: 'all, around its text' },
    ],
    meaning:
      'The machine has no identity of the kind that was asked for. The metadata service was reached and is well; it never answers with another identity instead.',
    causes: [
      {
        cause: 'No system-assigned identity is switched on, and none was named.',
        howToTell: 'The request names no client_id, object_id or msi_res_id (az: no --client-id; SDKs: no AZURE_CLIENT_ID).',
        fixes: switchOn,
      },
      {
        cause: 'The identity that was named is not attached to this machine, or its id is misspelt.',
        howToTell:
          'The request names one; the ids that the machine does have are different. AZURE_CLIENT_ID counts as naming one.',
        fixes: {
          az: `${showIdentities.az ?? ''}\n${attach.az ?? ''}`,
          powershell: attach.powershell ?? '',
          portal: attach.portal ?? '',
          lanyard: attach.lanyard ?? '',
        },
      },
      {
        cause: 'The identity was switched on, attached or removed a moment ago and the change has not arrived.',
        howToTell: 'The same request passes a minute or two later with nothing changed.',
        fixes: { az: 'sleep 60 && az login --identity', lanyard: 'lanyard fault list    # identity-delay makes this on purpose' },
      },
    ],
  },
  {
    id: 'multiple-user-assigned-identities',
    title: 'Multiple user assigned identities exist',
    depth: 'cause',
    patterns: [
      'Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request',
      'Multiple user assigned identities exist',
    ],
    samples: [
      '{"error":"invalid_request","error_description":"Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request"}',
      'ManagedIdentityCredential: failed to authenticate a system assigned identity. The endpoint responded with {"error":"invalid_request","error_description":"Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request"}',
    ],
    printedBy: [service, { client: 'every client', version: 'all, around its text' }],
    meaning:
      'The machine has several user-assigned identities and no system-assigned one, and the request does not say which is meant.',
    causes: [
      {
        cause: 'The code names no identity.',
        howToTell: 'It fails on every request, and passes as soon as a client id is given.',
        fixes: {
          az: 'az login --identity --client-id {clientId}    # 2.74 and later; before: --username {clientId}',
          powershell: 'Connect-AzAccount -Identity -AccountId {clientId}',
          portal: showIdentities.portal ?? '',
          lanyard:
            'lanyard login --identity --client-id {clientId}\nexport AZURE_CLIENT_ID={clientId}    # for DefaultAzureCredential of every SDK',
        },
      },
      {
        cause: 'An add-on or a policy attached one more identity to the machine (AKS nodes, Azure Policy, backup agents).',
        howToTell: 'It worked before; the list of identities has one that you did not add.',
        fixes: {
          az: `${showIdentities.az ?? ''}\naz vm identity assign -g {group} -n {vm}    # with a system identity on, requests that name none get that one`,
          powershell: showIdentities.powershell ?? '',
          portal: switchOn.portal ?? '',
          lanyard: switchOn.lanyard ?? '',
        },
      },
    ],
  },
  {
    id: 'metadata-header-missing',
    title: 'Required metadata header not specified',
    depth: 'cause',
    patterns: ['Required metadata header not specified'],
    samples: [
      '{"error":"invalid_request","error_description":"Required metadata header not specified"}',
      '{ "error": "Bad request: . Required metadata header not specified" }',
    ],
    printedBy: [service],
    meaning:
      'The request lacks the header "Metadata: true", or carries X-Forwarded-For. Both keep browsers and proxies from asking in the machine\'s name.',
    causes: [
      {
        cause: 'A request of your own without the header.',
        howToTell: 'You use curl, wget or an HTTP library, and not an SDK.',
        fixes: {
          az: 'curl -H Metadata:true "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/"',
          powershell:
            'Invoke-RestMethod -Headers @{Metadata="true"} -NoProxy -Uri "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/"',
          lanyard:
            'lanyard run -- curl -H Metadata:true "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/"',
        },
      },
      {
        cause: 'A proxy on the way took the header off, or added X-Forwarded-For.',
        howToTell: 'HTTP_PROXY or http_proxy is set, and NO_PROXY does not list 169.254.169.254.',
        fixes: goPastProxy,
      },
    ],
  },
  {
    id: 'resource-parameter-missing',
    title: "Required query variable 'resource' is missing",
    depth: 'cause',
    patterns: ["Required query variable 'resource' is missing"],
    samples: ['{"error":"invalid_request","error_description":"Required query variable \'resource\' is missing"}'],
    printedBy: [service],
    meaning: 'A token is always for one service, and the request does not say which.',
    causes: [
      {
        cause: 'The query has no "resource", or the shell ended the command at the "&" before it.',
        howToTell: 'Without quotes around the address, the shell runs the part before "&" in the background.',
        fixes: {
          az: 'curl -H Metadata:true "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/"',
          lanyard: 'lanyard account get-access-token --resource https://management.azure.com/',
        },
      },
    ],
  },
  {
    id: 'metadata-api-version',
    title: 'api-version is invalid or was not specified',
    depth: 'cause',
    patterns: [
      'api-version is invalid or was not specified in the request',
      'api-version was not specified in the request',
      "Invalid 'api-version' requested",
      "Required query variable 'api-version' is missing",
    ],
    samples: [
      '{"error":"Bad request. api-version is invalid or was not specified in the request. For more information refer to aka.ms/azureimds","newest-versions":["2025-04-07","2024-07-17","2024-03-15"]}',
      '{ "error": "Bad request. api-version was not specified in the request. For more information refer to aka.ms/azureimds" }',
    ],
    printedBy: [service],
    meaning: 'Every path of the metadata service has versions, and the request names none, or one that does not exist.',
    causes: [
      {
        cause: 'The query has no "api-version", or one that is made up.',
        howToTell: 'The answer lists the newest ones under "newest-versions"; tokens need 2018-02-01 or later.',
        fixes: {
          az: 'curl -H Metadata:true "http://169.254.169.254/metadata/instance?api-version=2021-02-01"',
          lanyard: 'lanyard run -- curl -H Metadata:true "http://169.254.169.254/metadata/instance?api-version=2021-02-01"',
        },
      },
    ],
  },
]

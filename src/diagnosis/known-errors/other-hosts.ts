import type { KnownError } from '../known-error.ts'

/** Hosts with a token source of their own: App Service, Service Fabric, Cloud Shell, Arc, Kubernetes. */
export const otherHosts: readonly KnownError[] = [
  {
    id: 'app-service-identity-not-found',
    title: 'App Service: no user assigned or delegated managed identity found',
    depth: 'cause',
    patterns: [
      'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId',
      'No User Assigned or Delegated Managed Identity found',
    ],
    samples: [
      'Status: 400 (Bad Request)\nContent: {"statusCode":400,"message":"No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId."}',
      'ManagedIdentityCredential authentication failed: No User Assigned or Delegated Managed Identity found',
    ],
    printedBy: [{ client: 'App Service, Functions, Container Apps', version: '2019-08-01' }],
    meaning: 'The app was asked for an identity that it does not have.',
    causes: [
      {
        cause:
          'AZURE_CLIENT_ID, or the client id in the code, is of an identity that is not attached to the app, or of an application with a secret.',
        howToTell: 'The list of the app does not have this client id.',
        fixes: {
          az: 'az webapp identity show -g {group} -n APP\naz webapp identity assign -g {group} -n APP --identities "{identity}"',
          powershell: '(Get-AzWebApp -ResourceGroupName {group} -Name APP).Identity',
          portal: 'App > Settings > Identity > User assigned > Add',
          lanyard: 'lanyard run --vm APP -- COMMAND    # with userAssignedIdentities under the app in lanyard.yaml',
        },
      },
      {
        cause: 'The system-assigned identity was meant, and a client id is set all the same.',
        howToTell: 'The app has no user-assigned identity.',
        fixes: {
          az: 'az webapp config appsettings delete -g {group} -n APP --setting-names AZURE_CLIENT_ID',
          portal: 'App > Settings > Environment variables',
        },
      },
    ],
  },
  {
    id: 'app-service-exception-message',
    title: 'App Service 2017-09-01: the token endpoint answers with an ExceptionMessage',
    depth: 'symptom',
    patterns: ['"ExceptionMessage":'],
    samples: ['{"ExceptionMessage":"AADSTS","ErrorCode":"x"}'],
    printedBy: [
      { client: 'App Service, Functions', version: '2017-09-01' },
      { client: 'msrestazure (Python), @azure/ms-rest-nodeauth', version: 'around its text' },
    ],
    meaning:
      'The older token endpoint of an app failed, and says why in the ExceptionMessage. Some clients print the whole body.',
    causes: [
      {
        cause: 'The identity is off, or was switched on after the app started.',
        howToTell: 'The Identity page of the app says Off, or MSI_SECRET is not in the environment of the process.',
        fixes: {
          az: 'az webapp identity assign -g {group} -n APP\naz webapp restart -g {group} -n APP',
          powershell:
            'Set-AzWebApp -ResourceGroupName {group} -Name APP -AssignIdentity $true\nRestart-AzWebApp -ResourceGroupName {group} -Name APP',
          portal: 'App > Settings > Identity > System assigned > Status: On; then App > Overview > Restart',
          lanyard: 'lanyard run --vm APP -- COMMAND    # with the app under "machines" in lanyard.yaml',
        },
      },
      {
        cause: 'The token was asked for a service that the tenant does not know.',
        howToTell: 'The ExceptionMessage has AADSTS500011 or AADSTS50001.',
        fixes: {
          az: 'curl -H "secret: $MSI_SECRET" "$MSI_ENDPOINT?api-version=2017-09-01&resource=https://vault.azure.net"',
          lanyard: 'lanyard resource-ids list',
        },
      },
    ],
  },
  {
    id: 'service-fabric-secret',
    title: 'Service Fabric: SecretHeaderNotFound, ManagedIdentityNotFound',
    depth: 'cause',
    patterns: [
      'SecretHeaderNotFound',
      'ManagedIdentityNotFound',
      'not supported by the Service Fabric managed identity environment',
      'Service Fabric user assigned managed identity ClientId or ResourceId is not configurable at runtime',
    ],
    samples: [
      '{"error":{"correlationId":"1","code":"SecretHeaderNotFound","message":"Secret is not found in the request headers."}}',
      '{"error":{"code":"ManagedIdentityNotFound","message":"x"}}',
      'ManagedIdentityCredential: Specifying a `clientId` or `resourceId` is not supported by the Service Fabric managed identity environment.',
    ],
    printedBy: [
      { client: 'Service Fabric', version: '2019-07-01-preview and later' },
      { client: '@azure/identity, MSAL', version: 'all with managed identity' },
    ],
    meaning:
      'In Service Fabric the application manifest says which identity a service gets; the request names none and carries the secret of the environment.',
    causes: [
      {
        cause: 'The service has no identity in the manifest.',
        howToTell: 'ApplicationManifest.xml has no IdentityBindingPolicy for it.',
        fixes: {
          portal: 'Service Fabric cluster > Applications > the application > Identity',
          az: 'az sf application show -g {group} -c CLUSTER --application-name APP --query identity',
          lanyard: 'lanyard run --vm APP -- COMMAND',
        },
      },
      {
        cause: 'The code names an identity.',
        howToTell: 'A client id is passed to the credential.',
        fixes: { az: 'unset AZURE_CLIENT_ID    # and pass none in the code' },
      },
    ],
  },
  {
    id: 'cloud-shell-system-assigned-only',
    title: 'Cloud Shell: AudienceNotSupported, or a user-assigned identity was named',
    depth: 'cause',
    patterns: [
      'AudienceNotSupported',
      'Specifying a user-assigned managed identity is not supported for CloudShell',
      'Cloud Shell Managed Identities can only be system assigned',
      'is not a supported MSI token audience',
    ],
    samples: [
      '{"error":{"code":"AudienceNotSupported","message":"Audience https://x is not a supported MSI token audience."}}',
      'ManagedIdentityCredential: Specifying a user-assigned managed identity is not supported for CloudShell at runtime.',
    ],
    printedBy: [
      { client: 'Azure Cloud Shell', version: 'all' },
      { client: '@azure/identity, MSAL', version: 'all with managed identity' },
    ],
    meaning: 'Cloud Shell gives tokens of the person who opened it, for a list of services.',
    causes: [
      {
        cause: 'The service is not on the list, or the code names an identity.',
        howToTell: 'The same code passes on a virtual machine.',
        fixes: {
          az: 'az login\naz account get-access-token --resource {resource}',
          portal: 'Cloud Shell > Restart',
          lanyard: 'lanyard login --identity',
        },
      },
    ],
  },
  {
    id: 'arc-challenge',
    title: 'Azure Arc: the challenge is missing or unusable',
    depth: 'cause',
    patterns: [
      'Did not receive expected WWW-Authenticate header',
      'the www-authenticate header is missing',
      'The WWW-Authenticate header in the response from Azure Arc Managed Identity',
      'www-authenticate header is in an unsupported format',
      'The file path in the WWW-Authenticate header',
      'The secret in the file on the file path in the WWW-Authenticate header is greater than 4096 bytes',
      'expected a 401 response, received',
    ],
    samples: [
      '[Managed Identity] Did not receive expected WWW-Authenticate header in the response from Azure Arc Managed Identity Endpoint.',
      'A 401 response was received from the Azure Arc Managed Identity, but the www-authenticate header is missing.',
      'The file path in the WWW-Authenticate header does not contain a .key file.',
    ],
    printedBy: [{ client: 'MSAL.NET, MSAL Java, MSAL Node, Azure SDKs', version: 'all with Azure Arc' }],
    meaning:
      'On Azure Arc the agent answers first with a 401 that names a key file; this answer did not, or named a file that the client does not accept.',
    causes: [
      {
        cause: 'Something else answers at the address of the agent, or a proxy takes the header off.',
        howToTell: '"curl -i -H Metadata:true $IDENTITY_ENDPOINT…" shows no WWW-Authenticate.',
        fixes: {
          az: 'curl -i --noproxy "*" -H Metadata:true "http://localhost:40342/metadata/identity/oauth2/token?api-version=2020-06-01&resource=https://management.azure.com/"\nsudo azcmagent show',
          lanyard: 'lanyard run --vm MACHINE -- COMMAND',
        },
      },
    ],
  },
  {
    id: 'arc-key-file',
    title: 'Azure Arc: the key file cannot be read',
    depth: 'cause',
    patterns: [
      "Permission denied: '/var/opt/azcmagent/tokens",
      "permission denied, open '/var/opt/azcmagent/tokens",
      'open /var/opt/azcmagent/tokens{}: permission denied',
      "Access to the path '{}AzureConnectedMachineAgent\\Tokens",
      'Unable to read the secret file',
    ],
    samples: [
      "PermissionError: [Errno 13] Permission denied: '/var/opt/azcmagent/tokens/3f0c.key'",
      "EACCES: permission denied, open '/var/opt/azcmagent/tokens/3f0c.key'",
      'Unable to read the secret file.',
    ],
    printedBy: [{ client: 'every client on Azure Arc', version: 'all' }],
    meaning: 'The client proves that it is on the machine by reading a file of the agent; this user may not.',
    causes: [
      {
        cause: 'The user is not in the group himds (Linux) or "Hybrid agent extension applications" (Windows).',
        howToTell: '"id" does not list the group. A new membership counts after the next sign-in.',
        fixes: {
          az: 'sudo usermod -aG himds "$USER"    # and sign in again',
          powershell: 'Add-LocalGroupMember -Group "Hybrid agent extension applications" -Member $env:USERNAME',
          lanyard: 'lanyard connect MACHINE -- COMMAND    # has the files where clients look',
        },
      },
    ],
  },
  {
    id: 'arc-system-assigned-only',
    title: 'Azure Arc: only system-assigned identities',
    depth: 'cause',
    patterns: [
      'Azure Arc Managed Identities can only be system assigned',
      'User assigned identity is not supported by the Azure Arc',
      'Azure Arc did not confirm the requested user-assigned managed identity',
      "Azure Arc doesn't support user-assigned managed identities",
    ],
    samples: [
      'Azure Arc Managed Identities can only be system assigned.',
      'User assigned identity is not supported by the Azure Arc Managed Identity Endpoint. To authenticate with the system assigned identity omit the client id',
      'Azure Arc did not confirm the requested user-assigned managed identity in the token response.',
    ],
    printedBy: [{ client: 'MSAL, Azure SDKs', version: 'all with Azure Arc' }],
    meaning: 'The client asks an Arc machine for a user-assigned identity, which its agent, or this client, does not know.',
    causes: [
      {
        cause: 'AZURE_CLIENT_ID is set, or the code passes a client id.',
        howToTell: '"env | grep AZURE_CLIENT_ID".',
        fixes: {
          az: 'unset AZURE_CLIENT_ID',
          powershell: 'Remove-Item Env:AZURE_CLIENT_ID',
          lanyard: 'lanyard run --vm MACHINE -- COMMAND',
        },
      },
    ],
  },
  {
    id: 'workload-identity-not-configured',
    title: 'WorkloadIdentityCredential: the pod is not configured',
    depth: 'wrapper',
    patterns: [
      'no client ID specified. Check pod configuration',
      'WorkloadIdentityCredential authentication unavailable',
      'WorkloadIdentityCredential: is unavailable',
      'The workload options are not fully configured',
      'no token file specified. Check pod configuration',
      'no tenant ID specified. Check pod configuration',
      'federatedTokenFilePath is a required parameter',
    ],
    samples: [
      'WorkloadIdentityCredential: no client ID specified. Check pod configuration or set ClientID in the options',
      'WorkloadIdentityCredential authentication unavailable. The workload options are not fully configured.',
      'WorkloadIdentityCredential: is unavailable. clientId is a required parameter.',
    ],
    printedBy: [
      { client: 'azidentity (Go), azure-identity, Azure.Identity, @azure/identity', version: 'all with workload identity' },
    ],
    meaning:
      'AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_FEDERATED_TOKEN_FILE are put into a pod by the webhook of the cluster; they are not all there. Outside of Kubernetes that is as it should be.',
    causes: [
      {
        cause: 'The pod does not have the label, or its service account not the annotation.',
        howToTell: 'kubectl describe shows no variables that begin with AZURE_.',
        fixes: {
          az: 'kubectl label pod POD azure.workload.identity/use=true    # in the template of the deployment\nkubectl annotate serviceaccount ACCOUNT azure.workload.identity/client-id={clientId}',
          portal: 'Kubernetes service > Security configuration > Enable Workload Identity',
          lanyard: 'lanyard run --vm CLUSTER -- COMMAND    # with the cluster in lanyard.yaml',
        },
      },
    ],
  },
  {
    id: 'federated-token-file',
    title: 'The federated token file cannot be read',
    depth: 'cause',
    patterns: [
      '/var/run/secrets/azure/tokens/azure-identity-token',
      'is unavailable. Invalid file path provided',
      'is unavailable. No content on the file',
    ],
    samples: [
      'open /var/run/secrets/azure/tokens/azure-identity-token: no such file or directory',
      'WorkloadIdentityCredential: is unavailable. Invalid file path provided /tmp/x.',
    ],
    printedBy: [{ client: 'every client in a pod', version: 'all with workload identity' }],
    meaning: 'AZURE_FEDERATED_TOKEN_FILE names a file that is not there, is empty, or is not for this user.',
    causes: [
      {
        cause: 'The container runs as a user who may not read it, or the volume was not projected.',
        howToTell: '"ls -l $AZURE_FEDERATED_TOKEN_FILE" in the container.',
        fixes: {
          az: 'kubectl exec POD -- ls -l /var/run/secrets/azure/tokens    # securityContext.fsGroup gives the right to read',
          lanyard: 'lanyard run --vm CLUSTER -- sh -c \'ls -l "$AZURE_FEDERATED_TOKEN_FILE"\'',
        },
      },
    ],
  },
  {
    id: 'identity-endpoint-malformed',
    title: 'IDENTITY_ENDPOINT, MSI_ENDPOINT or another variable is no address',
    depth: 'cause',
    patterns: ["The Managed Identity's '{}' environment variable is malformed", 'contains an invalid Uri', '_url_malformed'],
    samples: [
      "The Managed Identity's 'IDENTITY_ENDPOINT' environment variable is malformed.",
      '[Managed Identity] The environment variable IDENTITY_ENDPOINT contains an invalid Uri localhost:1 in App Service managed identity source.',
    ],
    printedBy: [{ client: 'MSAL.NET, MSAL Java, MSAL Node', version: 'all with managed identity' }],
    meaning: 'A variable that names a token source holds something that is not a URL.',
    causes: [
      {
        cause: 'It was copied from another host, or set by hand.',
        howToTell: '"env | grep -E \'IDENTITY|MSI|IMDS|AUTHORITY\'".',
        fixes: {
          az: 'unset IDENTITY_ENDPOINT IDENTITY_HEADER IMDS_ENDPOINT MSI_ENDPOINT MSI_SECRET AZURE_POD_IDENTITY_AUTHORITY_HOST',
          lanyard: 'lanyard run -- COMMAND    # clears them, and sets those of the machine',
        },
      },
    ],
  },
]

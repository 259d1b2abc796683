import type { KnownError } from '../known-error.ts'
import { askDoctor, grant, showIdentities, showRoles, switchOn } from './remedies.ts'

const oldCli = { client: 'Azure CLI', version: '2.0 to 2.73' }
const newCli = { client: 'Azure CLI', version: '2.74 and later' }

/** What `az` itself says about signing in as a managed identity. */
export const azureCli: readonly KnownError[] = [
  {
    id: 'no-access-configured',
    title: 'No access was configured for the VM, hence no subscriptions were found',
    depth: 'cause',
    patterns: [
      'No access was configured for the VM, hence no subscriptions were found',
      'No access was configured for the managed identity, hence no subscriptions were found',
    ],
    samples: [
      "No access was configured for the VM, hence no subscriptions were found. If this is expected, use '--allow-no-subscriptions' to have tenant level access.",
      "ERROR: No access was configured for the managed identity, hence no subscriptions were found. If this is expected, use '--allow-no-subscriptions' to have tenant level access.",
    ],
    printedBy: [oldCli, newCli, { client: 'Lanyard', version: 'all' }],
    meaning:
      'The sign-in itself passed: the machine has an identity and got a token. That identity holds no role anywhere, and so sees no subscription.',
    causes: [
      {
        cause: 'No role was ever given to the identity.',
        howToTell:
          'The list of its role assignments is empty. The sign-in script needs Reader at the virtual machine or above it.',
        fixes: grant('Reader', '/subscriptions/{subscription}/resourceGroups/{group}'),
      },
      {
        cause: 'The role was given a moment ago.',
        howToTell: 'The assignment is listed, and the sign-in passes some minutes later.',
        fixes: { ...showRoles, az: `${showRoles.az ?? ''}\nsleep 60 && az login --identity` },
      },
      {
        cause: 'The role was given to another identity: the old one of a machine that was made anew, or a user-assigned one.',
        howToTell: 'The principal id of the assignment is not the one that the machine has now.',
        fixes: showIdentities,
      },
      {
        cause: 'The identity is only to call a service such as Key Vault, and needs no subscription.',
        howToTell: 'Its roles or access policies are at that service alone, outside Azure RBAC.',
        fixes: {
          az: 'az login --identity --allow-no-subscriptions',
          lanyard: 'lanyard login --identity --allow-no-subscriptions',
        },
      },
    ],
  },
  {
    id: 'msi-extension-unreachable',
    title: "MSI: Failed to retrieve a token from 'http://localhost:50342/oauth2/token'",
    depth: 'cause',
    patterns: [
      "MSI: Failed to retrieve a token from 'http://localhost:50342/oauth2/token' with an error of",
      "HTTPConnectionPool(host='localhost', port=50342)",
      'http://localhost:50342/oauth2/token',
    ],
    samples: [
      "MSI: Failed to retrieve a token from 'http://localhost:50342/oauth2/token' with an error of 'HTTPConnectionPool(host='localhost', port=50342): Max retries exceeded with url: /oauth2/token (Caused by NewConnectionError('<requests.packages.urllib3.connection.HTTPConnection object at 0x7f>: Failed to establish a new connection: [Errno 111] Connection refused',))'. This could be caused by the MSI extension not yet fullly provisioned. Will retry in 60 seconds...",
    ],
    printedBy: [
      { client: 'Azure CLI', version: '2.0, of 2017 and 2018' },
      { client: 'msrestazure (Python)', version: '0.4' },
    ],
    meaning:
      'An old client asks the virtual machine extension for a token, on port 50342 of the machine itself, and nothing listens there.',
    causes: [
      {
        cause: "The machine's identity is off.",
        howToTell: 'The Identity page says Off, or the machine has no "identity" block.',
        fixes: switchOn,
      },
      {
        cause: 'The managed-identity extension is not deployed, or its deployment failed. Azure has retired it.',
        howToTell: 'The list of extensions does not have ManagedIdentityExtensionForLinux or …ForWindows as "Succeeded".',
        fixes: {
          az: 'az vm extension list -g {group} --vm-name {vm} -o table\naz vm extension set -g {group} --vm-name {vm} --publisher Microsoft.ManagedIdentity --name ManagedIdentityExtensionForLinux --settings \'{"port": 50342}\'',
          powershell:
            'Set-AzVMExtension -ResourceGroupName {group} -VMName {vm} -Name ManagedIdentityExtensionForLinux -Publisher Microsoft.ManagedIdentity -ExtensionType ManagedIdentityExtensionForLinux -TypeHandlerVersion 1.0 -Settings @{port=50342}',
          portal:
            'Virtual machine > Settings > Extensions + applications > the extension > its status; uninstall and add it again when it failed',
          lanyard: 'lanyard doctor --extension --fix    # deploys it on a Lanyard platform, and asks first',
        },
      },
      {
        cause: 'The client is too old: newer ones ask 169.254.169.254, which needs no extension.',
        howToTell: '"az --version" says 2.0 with a date before the middle of 2018, or the program pins msrestazure 0.4.',
        fixes: { az: 'az upgrade', powershell: 'Update-Module Az.Accounts', lanyard: 'lanyard login --identity' },
      },
    ],
  },
  {
    id: 'msi-token-source-unreachable',
    title: 'MSI: Failed to retrieve a token from the metadata address',
    depth: 'symptom',
    patterns: ["MSI: Failed to retrieve a token from '{url}' with an error of", 'MSI: Failed to retrieve a token from '],
    samples: [
      "MSI: Failed to retrieve a token from 'http://169.254.169.254/metadata/identity/oauth2/token' with an error of 'no answer in time'",
      'Error: MSI: Failed to retrieve a token from "http://127.0.0.1:41395/MSI/token/?resource=https://vault.azure.net&api-version=2017-09-01" with an error: <html>',
    ],
    printedBy: [
      { client: 'msrestazure (Python)', version: '0.4.15 and later' },
      { client: '@azure/ms-rest-nodeauth', version: '2 and 3' },
      { client: 'Lanyard', version: 'all' },
    ],
    meaning: 'Nothing that gives tokens answers at the address. What follows "with an error of" says why.',
    causes: [
      {
        cause: 'This is not an Azure machine, and nothing plays one.',
        howToTell: 'The address is 169.254.169.254, and the error is a refusal, "no route to host" or a timeout.',
        fixes: { lanyard: 'lanyard run -- COMMAND' },
      },
      {
        cause: 'On an Azure machine: a firewall, a container network or a proxy keeps the request from the address.',
        howToTell: 'curl --noproxy "*" from the host itself gets an answer.',
        fixes: {
          az: 'curl --noproxy "*" -H Metadata:true "http://169.254.169.254/metadata/instance?api-version=2021-02-01"',
          ...askDoctor,
        },
      },
    ],
  },
  {
    id: 'failed-to-connect-to-msi',
    title: 'Failed to connect to MSI. Please make sure MSI is configured correctly',
    depth: 'symptom',
    patterns: [
      'Failed to connect to MSI. Please make sure MSI is configured correctly.',
      'Get Token request returned http error: {} reason: ',
      'Failed to connect to MSI, check your managed service identity id.',
    ],
    samples: [
      'ERROR: Failed to connect to MSI. Please make sure MSI is configured correctly.\nGet Token request returned http error: 400, reason: Bad Request',
      'ERROR: Failed to connect to MSI, check your managed service identity id.',
      'Failed to connect to MSI. Please make sure MSI is configured correctly.\n\nGet Token request returned: <Response [400]>',
    ],
    printedBy: [oldCli],
    meaning:
      'The metadata service refused the token request. This version of az hides its reason, which the status code half tells.',
    causes: [
      {
        cause: '400: the machine has no such identity, or several user-assigned ones and none was named.',
        howToTell: 'Ask with curl, which shows the reason: "Identity not found" or "Multiple user assigned identities exist".',
        fixes: {
          ...switchOn,
          az: `curl -H Metadata:true "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/"\n${switchOn.az ?? ''}`,
        },
      },
      {
        cause: '404, 429 or 5xx: the service is busy or being updated.',
        howToTell: 'The same command passes a minute later.',
        fixes: { az: 'sleep 70 && az login --identity', lanyard: 'lanyard fault list    # whether it fails on purpose' },
      },
      {
        cause: 'In Cloud Shell: the session is older than its sign-in.',
        howToTell: 'The prompt is that of Cloud Shell; ACC_CLOUD is set.',
        fixes: { az: 'az login    # or restart Cloud Shell' },
      },
    ],
  },
  {
    id: 'msi-retries-exhausted',
    title: 'MSI: Failed to acquire tokens after 12 times',
    depth: 'symptom',
    patterns: ['MSI: Failed to acquire tokens after {} times'],
    samples: ['MSI: Failed to acquire tokens after 12 times'],
    printedBy: [
      { client: 'Azure CLI', version: '2.0 to 2.73' },
      { client: 'msrestazure (Python)', version: '0.4.15 and later' },
    ],
    meaning: 'The metadata service answered 404, 410, 429 or 5xx again and again; az gave up after some minutes.',
    causes: [
      {
        cause: 'Something else answers at 169.254.169.254: another cloud, a container platform, a proxy.',
        howToTell: 'The answer has no header "Server: IMDS/…".',
        fixes: {
          az: 'curl -sD- -o /dev/null --noproxy "*" -H Metadata:true "http://169.254.169.254/metadata/instance?api-version=2021-02-01"',
          ...askDoctor,
        },
      },
      {
        cause: 'The service is throttled: 20 token requests a second for a machine are too many.',
        howToTell: 'Many processes start at once, each asking for a token.',
        fixes: { az: 'az account get-access-token    # once, and hand the token on', lanyard: 'lanyard fault list' },
      },
    ],
  },
  {
    id: 'username-no-longer-supported',
    title: 'Passing the managed identity ID with --username is no longer supported',
    depth: 'cause',
    patterns: ['Passing the managed identity ID with --username is no longer supported'],
    samples: [
      'Passing the managed identity ID with --username is no longer supported. Use --client-id, --object-id or --resource-id instead.',
    ],
    printedBy: [newCli, { client: 'Lanyard', version: 'all' }],
    meaning: 'The option that named a user-assigned identity has become three, one for each kind of id.',
    causes: [
      {
        cause: 'A script was written for an older az.',
        howToTell: 'It says "az login --identity --username" or "-u".',
        fixes: {
          az: 'az login --identity --client-id {clientId}\naz login --identity --resource-id "{identity}"',
          lanyard: 'lanyard login --identity --client-id {clientId}',
        },
      },
    ],
  },
  {
    id: 'az-sign-in-needed',
    title: "Please run 'az login' to setup account",
    depth: 'symptom',
    patterns: [
      "Please run 'az login' to setup account",
      "Please run 'az login' to access your accounts",
      "Please run 'lanyard login' to setup account",
    ],
    samples: ["ERROR: Please run 'az login' to setup account.", "ERROR: Please run 'lanyard login' to setup account."],
    printedBy: [
      { client: 'Azure CLI', version: 'all' },
      { client: 'Lanyard', version: 'all' },
    ],
    meaning: 'Nobody is signed in, in the configuration folder that this command reads.',
    causes: [
      {
        cause: 'The sign-in before it failed, and the script went on.',
        howToTell: 'An error of "az login --identity" stands further up.',
        fixes: { az: 'set -e    # at the top of the script\naz login --identity', lanyard: 'lanyard login --identity' },
      },
      {
        cause: 'The sign-in was done by another user, or in another folder.',
        howToTell: 'AZURE_CONFIG_DIR, HOME or sudo differ between the two commands.',
        fixes: {
          az: 'az login --identity    # as the same user',
          lanyard: "lanyard run -- bash -c 'az login --identity && az account show'    # one run has one folder",
        },
      },
    ],
  },
  {
    id: 'interactive-authentication-needed',
    title: 'az asks to sign in interactively',
    depth: 'wrapper',
    patterns: [
      'Interactive authentication is needed. Please run:',
      'Run the command below to authenticate interactively; additional arguments may be added as needed',
    ],
    samples: [
      'Interactive authentication is needed. Please run:\naz login',
      'Run the command below to authenticate interactively; additional arguments may be added as needed:\naz logout\naz login',
    ],
    printedBy: [{ client: 'Azure CLI', version: '2.74 (the first) and 2.91 (the second)' }],
    meaning:
      'Advice that az adds to every refused token request. For a managed identity it is of no use: the line above it is the reason.',
    causes: [
      {
        cause: 'The token request was refused.',
        howToTell: 'Read the line before, and explain that one.',
        fixes: { ...askDoctor },
      },
    ],
  },
  {
    id: 'no-subscriptions-for-service-principal',
    title: 'No subscriptions found for an application',
    depth: 'cause',
    patterns: ['No subscriptions found for {clientId}.'],
    samples: ['ERROR: No subscriptions found for 33333333-3333-4333-8333-333333333333.'],
    printedBy: [
      { client: 'Azure CLI', version: 'all' },
      { client: 'Lanyard', version: 'all' },
    ],
    meaning: 'The application or user signed in, and holds no role in any subscription of this tenant.',
    causes: [
      {
        cause: 'No role was given to it.',
        howToTell: 'Its role assignments are an empty list.',
        fixes: {
          az: 'az role assignment create --assignee {clientId} --role Reader --scope "/subscriptions/{subscription}"',
          powershell:
            'New-AzRoleAssignment -ApplicationId {clientId} -RoleDefinitionName Reader -Scope "/subscriptions/{subscription}"',
          portal: 'Subscription > Access control (IAM) > Add > Add role assignment',
          lanyard: 'lanyard role assignment create --assignee {clientId} --role Reader --scope "/subscriptions/{subscription}"',
        },
      },
      {
        cause: 'It signed in to another tenant than the one of the subscription.',
        howToTell: 'The tenant id of the sign-in is not that of the subscription.',
        fixes: { az: 'az login --service-principal -u {clientId} -p SECRET --tenant {tenant}' },
      },
    ],
  },
]

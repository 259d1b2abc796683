import type { KnownError } from '../known-error.ts'
import { askDoctor, grant, switchOn } from './remedies.ts'

const windows = { client: 'Windows PowerShell', version: '3 to 5.1' }
const accounts = { client: 'Az.Accounts (PowerShell)', version: '2 and later' }

/** What PowerShell says. */
export const powershell: readonly KnownError[] = [
  {
    id: 'invoke-webrequest-unable-to-connect',
    title: 'Invoke-WebRequest : Unable to connect to the remote server',
    depth: 'cause',
    patterns: [
      'Invoke-WebRequest : Unable to connect to the remote server',
      'Invoke-RestMethod : Unable to connect to the remote server',
      'Unable to connect to the remote server',
      'Kan geen verbinding met de externe server maken',
      'Die Verbindung mit dem Remoteserver kann nicht hergestellt werden',
      'Es konnte keine Verbindung mit dem Remoteserver hergestellt werden',
      'Impossible de se connecter au serveur distant',
      'Impossibile effettuare la connessione al server remoto',
      'Impossibile connettersi al server remoto',
      'No es posible conectar con el servidor remoto',
      'リモート サーバーに接続できません',
      '无法连接到远程服务器',
      'WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeWebRequestCommand',
    ],
    samples: [
      "Invoke-WebRequest : Unable to connect to the remote server\nAt line:1 char:13\n+ $response = Invoke-WebRequest -Uri 'http://localhost:50342/oauth2/token' ...\n    + CategoryInfo          : InvalidOperation: (System.Net.HttpWebRequest:HttpWebRequest) [Invoke-WebRequest], WebException\n    + FullyQualifiedErrorId : WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeWebRequestCommand",
      'Invoke-WebRequest : Kan geen verbinding met de externe server maken',
      'Invoke-RestMethod : Die Verbindung mit dem Remoteserver kann nicht hergestellt werden.',
    ],
    printedBy: [windows],
    meaning:
      'Nothing listens where the script asks for a token: at http://localhost:50342, the retired extension, or at 169.254.169.254.',
    causes: [
      { cause: "The machine's identity is off.", howToTell: 'The Identity page of the machine says Off.', fixes: switchOn },
      {
        cause: 'The script asks localhost:50342, and the managed-identity extension is not deployed or its deployment failed.',
        howToTell: 'The address in the script; the list of extensions of the machine.',
        fixes: {
          az: 'az vm extension list -g {group} --vm-name {vm} -o table\naz vm extension set -g {group} --vm-name {vm} --publisher Microsoft.ManagedIdentity --name ManagedIdentityExtensionForWindows --settings \'{"port": 50342}\'',
          powershell:
            'Get-AzVMExtension -ResourceGroupName {group} -VMName {vm}\nSet-AzVMExtension -ResourceGroupName {group} -VMName {vm} -Name ManagedIdentityExtensionForWindows -Publisher Microsoft.ManagedIdentity -ExtensionType ManagedIdentityExtensionForWindows -TypeHandlerVersion 1.0 -Settings @{port=50342}',
          portal: 'Virtual machine > Settings > Extensions + applications > the extension > its status',
          lanyard: 'lanyard doctor --extension --fix',
        },
      },
      {
        cause: 'The address is the old one: 169.254.169.254 needs no extension.',
        howToTell: 'This request passes where the one to localhost does not.',
        fixes: {
          powershell:
            'Invoke-RestMethod -Headers @{Metadata="true"} -Uri "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/"',
          lanyard: 'lanyard run -- pwsh script.ps1',
        },
      },
    ],
  },
  {
    id: 'powershell-token-for-tenant',
    title: 'Unable to acquire token for tenant',
    depth: 'wrapper',
    patterns: [
      "Unable to acquire token for tenant '{tenant}' with error",
      "Unable to acquire token for tenant '{tenant}'",
      'Unable to acquire token for tenant',
    ],
    samples: [
      "WARNING: Unable to acquire token for tenant 'organizations' with error 'x'",
      "WARNING: Unable to acquire token for tenant '11111111-1111-4111-8111-111111111111'",
    ],
    printedBy: [accounts],
    meaning:
      'Connect-AzAccount asks for a token in each tenant; this one gave none. What stands behind "with error" is the reason.',
    causes: [
      {
        cause: 'The managed identity gave no token.',
        howToTell: 'The command has -Identity; explain the text behind "with error".',
        fixes: { ...askDoctor, powershell: 'Connect-AzAccount -Identity -Debug' },
      },
      {
        cause: 'A user of several tenants: another tenant wants a second factor.',
        howToTell: 'The tenant in the message is not the one that you work in.',
        fixes: { powershell: 'Connect-AzAccount -Tenant {tenant}' },
      },
    ],
  },
  {
    id: 'powershell-no-access-to-subscription',
    title: 'The provided account MSI@50342 does not have access to subscription ID',
    depth: 'cause',
    patterns: [
      "The provided account {} does not have access to subscription ID '{subscription}'. Please try",
      'does not have access to subscription ID',
    ],
    samples: [
      'Connect-AzAccount : The provided account MSI@50342 does not have access to subscription ID "22222222-2222-4222-8222-222222222222". Please try logging in with different credentials or a different subscription ID.',
    ],
    printedBy: [accounts, { client: 'AzureRM.Profile (PowerShell)', version: '5 and later' }],
    meaning:
      'The managed identity signed in, and holds no role in the subscription that was named. MSI@50342 is its name for the system-assigned identity.',
    causes: [
      {
        cause: 'The identity has no role there.',
        howToTell: 'Its role assignments are an empty list.',
        fixes: grant('Reader', '/subscriptions/{subscription}'),
      },
      {
        cause: 'The subscription id is of another tenant, or misspelt.',
        howToTell: 'Without -Subscription the sign-in passes.',
        fixes: { powershell: 'Connect-AzAccount -Identity\nGet-AzSubscription' },
      },
    ],
  },
  {
    id: 'powershell-sign-in-needed',
    title: 'Run Connect-AzAccount to login',
    depth: 'symptom',
    patterns: ['Run Connect-AzAccount to login', 'Run Login-AzureRmAccount to login', 'then run Connect-AzAccount to login'],
    samples: [
      'Get-AzVM : Run Connect-AzAccount to login.',
      'No subscription found in the context.  Please ensure that the credentials you provided are authorized to access an Azure subscription, then run Connect-AzAccount to login.',
      'Run Login-AzureRmAccount to login.',
    ],
    printedBy: [accounts, { client: 'AzureRM.Profile (PowerShell)', version: 'all' }],
    meaning: 'There is no sign-in in this session, or one without a subscription.',
    causes: [
      {
        cause: 'Connect-AzAccount failed further up, or was never called.',
        howToTell: 'Get-AzContext is empty.',
        fixes: {
          powershell: 'Connect-AzAccount -Identity',
          lanyard: 'lanyard run -- pwsh -c "Connect-AzAccount -Identity; Get-AzContext"',
        },
      },
      {
        cause: 'The identity signed in and sees no subscription.',
        howToTell: 'Get-AzContext has an account and no subscription.',
        fixes: grant('Reader', '/subscriptions/{subscription}'),
      },
    ],
  },
  {
    id: 'powershell-invalid-tenant-or-subscription',
    title: 'Please provide a valid tenant or a valid subscription',
    depth: 'symptom',
    patterns: ['Please provide a valid tenant or a valid subscription'],
    samples: ['Set-AzContext : Please provide a valid tenant or a valid subscription.'],
    printedBy: [accounts, { client: 'AzureRM.Profile (PowerShell)', version: 'all' }],
    meaning: 'The account of this session sees no such subscription or tenant.',
    causes: [
      {
        cause: 'The name or id is misspelt, or is in another tenant.',
        howToTell: 'Get-AzSubscription does not list it.',
        fixes: { powershell: 'Get-AzSubscription\nConnect-AzAccount -Identity -Subscription {subscription}' },
      },
      {
        cause: 'The identity has no role there.',
        howToTell: 'An owner sees the subscription.',
        fixes: grant('Reader', '/subscriptions/{subscription}'),
      },
    ],
  },
]

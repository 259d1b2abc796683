import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import { runLanyard, type Finished } from '../support/run-lanyard.ts'
import { azureClis } from './clients.ts'
import { isSelected, required } from './selection.ts'

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/
const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-conformance-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** The script of the article, byte for byte, VM name filled in. */
const signIn = `az login --identity

spID=$(az resource list -n web-1 --query [*].identity.principalId --out tsv)
echo The managed identity for Azure resources service principal ID is $spID
`
const signInFile = path.join(folder, 'sign-in.sh')
writeFileSync(signInFile, signIn)

const clients = [
  { name: 'oldest', az: azureClis.oldest, vmCommands: false },
  { name: 'newest', az: azureClis.newest, vmCommands: true },
]

for (const { name, az, vmCommands } of clients) {
  if (!isSelected('az')) break
  const version = versionOf(az)
  if (version === undefined && required) {
    test(`az, ${name}: is installed`, () => assert.fail(`${az} is not installed`))
    continue
  }
  describe(`az, ${name} (${version ?? 'not installed'})`, { skip: version === undefined && `${az} is not installed` }, () => {
    const binFolder = path.dirname(az)
    const env = {
      PATH: `${binFolder}${path.delimiter}${process.env['PATH'] ?? ''}`,
      LANYARD_DATA: path.join(folder, 'no-platform'),
    }
    const bash = (script: string, world?: string) => {
      const config = world === undefined ? [] : ['--config', path.join(folder, world)]
      return runLanyard(['run', '--offline', ...config, '--', 'bash', '-ec', script], { cwd: folder, env })
    }

    test('runs the sign-in script verbatim', async () => {
      const result = await runLanyard(['run', '--offline', '--', 'bash', signInFile], { cwd: folder, env })
      assert.match(result.stdout, new RegExp(`service principal ID is ${guid.source}\n$`), result.stderr)
      assert.equal(result.code, 0)
    })

    test('account, resource and group commands', async () => {
      const result = await bash(`
        az login --identity -o none
        az account show --query user.type -o tsv
        az account get-access-token --resource https://vault.azure.net --query tokenType -o tsv
        az group show -n lanyard --query location -o tsv
        az resource list -g lanyard --query [].name -o tsv
        az rest --method get --url '/subscriptions/{subscriptionId}/resourcegroups?api-version=2021-04-01' --query value[].name -o tsv`)
      assert.deepEqual(lines(result), ['servicePrincipal', 'Bearer', 'westeurope', 'web-1', 'lanyard'], result.stderr)
    })

    test('says that no access was configured when the identity has no role', async () => {
      writeFileSync(path.join(folder, 'no-role.yaml'), worldWithoutRoles)
      const result = await bash('az login --identity', 'no-role.yaml')
      assert.notEqual(result.code, 0)
      assert.match(result.stderr, /No access was configured for the (VM|managed identity), hence no subscriptions were found/)
    })

    // Debian's 2.45 fails in these commands before it sends any request (wrong library versions in the package).
    if (!vmCommands) return
    test('vm extension set, list, show and delete: the address opens, fails, and closes', async () => {
      writeFileSync(path.join(folder, 'extension.yaml'), worldWithFailingExtension)
      const set =
        'az vm extension set -g lanyard --vm-name web-1 --publisher Microsoft.ManagedIdentity -n ManagedIdentityExtensionForLinux'
      const of = '-g lanyard --vm-name web-1 -n ManagedIdentityExtensionForLinux'
      const result = await bash(
        `
        ask() { curl -s --noproxy '*' -H Metadata:true 'http://localhost:50394/oauth2/token?resource=https://vault.azure.net' | grep -o '"token_type":"Bearer"' || echo refused; }
        az login --identity -o none
        ask
        ${set} --settings '{"port": 50394}' -o none || echo failed
        az vm extension show ${of} --instance-view --query '[provisioningState, instanceView.statuses[0].displayStatus]' -o tsv
        ask
        ${set} --settings '{"port": 50394}' --force-update --query '[provisioningState, typeHandlerVersion]' -o tsv
        ask
        az vm extension list -g lanyard --vm-name web-1 --query '[].[name, publisher, typePropertiesType]' -o tsv
        az vm get-instance-view -g lanyard -n web-1 --query 'instanceView.extensions[].type' -o tsv
        az vm extension delete ${of}
        ask
        az vm extension list -g lanyard --vm-name web-1 --query 'length(@)' -o tsv
        ${set.replace('Microsoft.ManagedIdentity', 'Contoso')} --version 1.0 -o none || echo unknown`,
        'extension.yaml',
      )
      assert.deepEqual(
        lines(result),
        [
          'refused',
          'failed',
          'Failed',
          'Provisioning failed',
          'refused',
          'Succeeded',
          '1.0',
          '"token_type":"Bearer"',
          'ManagedIdentityExtensionForLinux\tMicrosoft.ManagedIdentity\tManagedIdentityExtensionForLinux',
          'Microsoft.ManagedIdentity.ManagedIdentityExtensionForLinux',
          'refused',
          '0',
          'unknown',
        ],
        result.stderr,
      )
      assert.match(result.stderr, /VMExtensionProvisioningError/)
      assert.match(result.stderr, /VM has reported a failure when processing extension 'ManagedIdentityExtensionForLinux'/)
      assert.match(result.stderr, /ArtifactNotFound/)
    })

    test('vm, identity and role commands', async () => {
      writeFileSync(path.join(folder, 'owner.yaml'), worldWithOwner)
      const result = await bash(
        `
        az login --identity -o none
        az vm show -g lanyard -n web-1 --query identity.type -o tsv
        az vm list --query [].name -o tsv
        az identity create -g lanyard -n app --query name -o tsv
        az vm identity assign -g lanyard -n web-1 --identities app -o none
        az vm identity show -g lanyard -n web-1 --query type -o tsv
        principal=$(az identity show -g lanyard -n app --query principalId -o tsv)
        scope=$(az group show -n lanyard --query id -o tsv)
        az role assignment create --assignee-object-id $principal --assignee-principal-type ServicePrincipal --role Reader --scope $scope --query roleDefinitionId -o tsv | sed 's/.*roleDefinitions.//'
        az role assignment list --scope $scope --query "[?principalId=='$principal'].roleDefinitionName" -o tsv
        az vm identity remove -g lanyard -n web-1 --identities app -o none
        az vm identity show -g lanyard -n web-1 --query type -o tsv
        az identity delete -g lanyard -n app
        az identity list -g lanyard --query 'length(@)' -o tsv`,
        'owner.yaml',
      )
      assert.deepEqual(
        lines(result),
        [
          'SystemAssigned',
          'web-1',
          'app',
          'SystemAssigned, UserAssigned',
          'acdd72a7-3385-48ef-bd42-f606fba81ae7',
          'Reader',
          'SystemAssigned',
          '0',
        ],
        result.stderr,
      )
    })

    test('activity-log list shows what was written and refused, by each filter that it has', async () => {
      writeFileSync(path.join(folder, 'owner.yaml'), worldWithOwner)
      const result = await bash(
        `
        az login --identity -o none
        az identity create -g lanyard -n app -o none
        az identity delete -g lanyard -n app
        az rest --method put --url '/subscriptions/{subscriptionId}/resourcegroups/lanyard/providers/Microsoft.Resources/deployments/none?api-version=2021-04-01' --body '{}' 2>/dev/null || true
        log() { az monitor activity-log list "$@" -o tsv; }
        log --query 'sort_by(@, &eventTimestamp)[?caller==\`'$(az resource list -n web-1 --query [0].identity.principalId -o tsv)'\`].[operationName.value, status.value, subStatus.value]'
        log -g lanyard --offset 1h --status Succeeded --query "[?operationName.value=='Microsoft.ManagedIdentity/userAssignedIdentities/delete'].level"
        id=$(log --query "[?status.value=='Failed'].correlationId | [0]")
        log --correlation-id $id --query '[].properties.statusMessage' | grep -o UnsupportedOperation
        log --resource-id $(az vm show -g lanyard -n web-1 --query id -o tsv) --query '[].operationName.value'
        log --namespace Microsoft.ManagedIdentity --select eventTimestamp operationName --query 'length(@)'
        log --caller nobody@example.com --query 'length(@)'`,
        'owner.yaml',
      )
      assert.deepEqual(
        lines(result),
        [
          'Microsoft.ManagedIdentity/userAssignedIdentities/write\tSucceeded\tCreated',
          'Microsoft.ManagedIdentity/userAssignedIdentities/delete\tSucceeded\tOK',
          'Microsoft.Resources/deployments/write\tFailed\tBadRequest',
          'Informational',
          'UnsupportedOperation',
          'Microsoft.Compute/virtualMachines/write',
          '2',
          '0',
        ],
        result.stderr,
      )
    })

    test('federated credentials are made, listed, shown, changed and deleted', { skip: !vmCommands }, async () => {
      writeFileSync(path.join(folder, 'owner.yaml'), worldWithOwner)
      const result = await bash(
        `
        az login --identity -o none
        az identity create -g lanyard -n pod -o none
        az identity federated-credential create -g lanyard --identity-name pod -n github --issuer https://token.actions.githubusercontent.com --subject repo:shop/orders --audiences api://AzureADTokenExchange --query issuer -o tsv
        az identity federated-credential list -g lanyard --identity-name pod --query [].name -o tsv
        az identity federated-credential update -g lanyard --identity-name pod -n github --issuer https://token.actions.githubusercontent.com --subject repo:shop/other --audiences api://AzureADTokenExchange -o none
        az identity federated-credential show -g lanyard --identity-name pod -n github --query subject -o tsv
        az identity federated-credential delete -g lanyard --identity-name pod -n github --yes
        az identity federated-credential list -g lanyard --identity-name pod --query 'length(@)' -o tsv`,
        'owner.yaml',
      )
      const expected = ['https://token.actions.githubusercontent.com', 'github', 'repo:shop/other', '0']
      assert.deepEqual(lines(result), expected, result.stderr)
    })
  })
}

const world = (roles: string) => `subscriptions:
  - name: Test
    id: 11111111-2222-4333-8444-555555555555
    resourceGroups:
      - name: lanyard
        virtualMachines:
          - name: web-1
${roles}`
const worldWithoutRoles = world('')
const worldWithOwner = world(`roleAssignments:
  - role: Owner
    principal: { virtualMachine: web-1 }
    scope: resourceGroups/lanyard
`)

const worldWithFailingExtension = `${worldWithOwner}faults:
  - { kind: extension-failure, requests: first }
`

function lines(result: Finished): readonly string[] {
  return result.stdout.trim().split('\n')
}

function versionOf(az: string): string | undefined {
  const result = spawnSync(az, ['version', '--query', '"azure-cli"', '-o', 'tsv'], { encoding: 'utf8' })
  return result.status === 0 ? result.stdout.trim() : undefined
}

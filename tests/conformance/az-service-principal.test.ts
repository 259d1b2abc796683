import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import { runLanyard } from '../support/run-lanyard.ts'
import { azureClis } from './clients.ts'
import { isSelected, required } from './selection.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-conformance-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const clientId = '33333333-3333-4333-8333-333333333333'
const scope = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/lanyard'
writeFileSync(
  path.join(folder, 'orders.yaml'),
  `subscriptions:
  - name: Test
    id: 11111111-2222-4333-8444-555555555555
    resourceGroups:
      - name: lanyard
        userAssignedIdentities: [{ name: deploy }]
        virtualMachines: [{ name: web-1 }]
applications:
  - name: orders
    clientId: ${clientId}
    secret: s3cret-of-orders
    identifierUris: [api://orders]
roleAssignments:
  - { role: Owner, principal: { application: orders }, scope: resourceGroups/lanyard }
`,
)

const clients = [
  { name: 'oldest', az: azureClis.oldest, roleCommands: false },
  { name: 'newest', az: azureClis.newest, roleCommands: true },
]

for (const { name, az, roleCommands } of clients) {
  if (!isSelected('az')) break
  const isInstalled = spawnSync(az, ['version'], { encoding: 'utf8' }).status === 0
  const skip = !isInstalled && !required && `${az} is not installed`
  describe(`az, ${name}, as a service principal`, { skip }, () => {
    const env = {
      PATH: `${path.dirname(az)}${path.delimiter}${process.env['PATH'] ?? ''}`,
      LANYARD_DATA: path.join(folder, 'no-platform'),
    }
    const bash = (script: string) =>
      runLanyard(['run', '--offline', '--config', path.join(folder, 'orders.yaml'), '--', 'bash', '-ec', script], {
        cwd: folder,
        env,
      })
    const login = (secret: string, id = clientId) =>
      `az login --service-principal -u ${id} -p ${secret} --tenant lanyard.onmicrosoft.com --query [].name -o tsv`

    test('signs in with its secret, and gets tokens', async () => {
      const result = await bash(`
        ${login('s3cret-of-orders')}
        az account get-access-token --resource https://vault.azure.net --query tokenType -o tsv
        az account get-access-token --scope api://orders/.default --query tokenType -o tsv
        az logout`)
      assert.deepEqual(lines(result.stdout), ['Test', 'Bearer', 'Bearer'], result.stderr)
    })

    test('shows the error of the authority', async () => {
      const wrong = await bash(login('wrong'))
      assert.notEqual(wrong.code, 0)
      assert.match(wrong.stderr, /AADSTS7000215: Invalid client secret provided\./)
      const unknown = await bash(login('wrong', '44444444-4444-4444-8444-444444444444'))
      assert.match(unknown.stderr, /AADSTS700016: Application with identifier '44444444-/)
      assert.match((await bash('az login --use-device-code')).stderr, /Lanyard signs no users in at this address/)
    })

    test('finds service principals', async () => {
      const result = await bash(`
        ${login('s3cret-of-orders')}
        az ad sp show --id ${clientId} --query displayName -o tsv
        az ad sp show --id api://orders --query servicePrincipalType -o tsv
        az ad sp list --display-name dep --query [].servicePrincipalType -o tsv
        az ad sp list --filter "servicePrincipalType eq 'ManagedIdentity'" --query [].displayName -o tsv
        az ad sp show --id 44444444-4444-4444-8444-444444444444 2>&1 | grep -c 'does not exist or one of its queried'
        az ad signed-in-user show 2>&1 | grep -c 'only valid with delegated authentication flow'`)
      assert.deepEqual(
        lines(result.stdout),
        ['Test', 'orders', 'Application', 'ManagedIdentity', 'deploy', 'web-1', '1', '1'],
        result.stderr,
      )
    })

    // Debian's 2.45 fails in these commands before it sends any request (wrong library versions in the package).
    if (!roleCommands) return
    test('assigns a role to a principal by its client id', async () => {
      const result = await bash(`
        ${login('s3cret-of-orders')}
        id=$(az ad sp list --display-name deploy --query [0].appId -o tsv)
        az role assignment create --assignee $id --role Reader --scope ${scope} --query principalType -o tsv
        test "$(az role assignment list --assignee $id --scope ${scope} --query [].principalName -o tsv)" = $id
        az role assignment list --assignee $id --include-groups --scope ${scope} --query [].roleDefinitionName -o tsv
        az role assignment delete --assignee $id --role Reader --scope ${scope}
        az role assignment list --assignee $id --scope ${scope} --query 'length(@)' -o tsv`)
      assert.deepEqual(lines(result.stdout), ['Test', 'ServicePrincipal', 'Reader', '0'], result.stderr)
    })
  })
}

function lines(text: string): readonly string[] {
  return text.trim().split('\n')
}

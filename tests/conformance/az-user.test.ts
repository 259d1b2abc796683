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

const scope = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/lanyard'
const password = 'only-for-tests'
writeFileSync(
  path.join(folder, 'people.yaml'),
  `subscriptions:
  - name: Test
    id: 11111111-2222-4333-8444-555555555555
    resourceGroups: [{ name: lanyard, virtualMachines: [{ name: web-1 }] }]
users:
  - { name: Ada Lovelace, userPrincipalName: ada@lanyard.local, password: ${password} }
  - { name: Bob, userPrincipalName: bob@lanyard.local, password: ${password} }
roleAssignments:
  - { role: Owner, principal: { user: ada@lanyard.local }, scope: / }
  - { role: Reader, principal: { user: bob@lanyard.local }, scope: / }
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
  describe(`az, ${name}, as a user`, { skip }, () => {
    const env = {
      PATH: `${path.dirname(az)}${path.delimiter}${process.env['PATH'] ?? ''}`,
      LANYARD_DATA: path.join(folder, 'no-platform'),
    }
    const bash = (script: string) =>
      runLanyard(['run', '--offline', '--config', path.join(folder, 'people.yaml'), '--', 'bash', '-ec', script], {
        cwd: folder,
        env,
      })
    const login = (user: string) => `az login -u ${user}@lanyard.local -p ${password} --query '[].[name, user.type]' -o tsv`
    const lines = (text: string) => text.split('\n').filter(Boolean)

    test('signs in with name and password, and finds users', async () => {
      const result = await bash(`
        ${login('ada')}
        az group list --query [].name -o tsv
        az ad signed-in-user show --query userPrincipalName -o tsv
        az ad user show --id bob@lanyard.local --query displayName -o tsv
        az ad user list --upn bob@lanyard.local --query [].displayName -o tsv`)
      assert.deepEqual(lines(result.stdout), ['Test\tuser', 'lanyard', 'ada@lanyard.local', 'Bob', 'Bob'], result.stderr)
    })

    test('shows why a sign-in, and why a change, was refused', async () => {
      const wrong = await bash('az login -u bob@lanyard.local -p wrong-password')
      assert.notEqual(wrong.code, 0)
      assert.match(wrong.stderr, /AADSTS50126: Error validating credentials due to invalid username or password\./)
      const refused = await bash(`${login('bob')}; az group create -n other -l westus`)
      assert.match(refused.stderr, /The client 'bob@lanyard\.local' with object id '.*' does not have authorization/)
    })

    test('gives a user a role, and lists it by the name of the user', { skip: !roleCommands }, async () => {
      const result = await bash(`
        ${login('ada')}
        az role assignment create --assignee bob@lanyard.local --role Contributor --scope ${scope} --query principalType -o tsv
        az role assignment list --assignee bob@lanyard.local --scope ${scope} --query '[].[principalName, roleDefinitionName]' -o tsv
        az role assignment delete --assignee bob@lanyard.local --role Contributor --scope ${scope}`)
      assert.deepEqual(lines(result.stdout), ['Test\tuser', 'User', 'bob@lanyard.local\tContributor'], result.stderr)
    })
  })
}

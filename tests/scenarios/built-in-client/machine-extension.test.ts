import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parseFault } from '../../../src/faults/fault-schema.ts'
import { startClient, type Client } from '../../support/start-client.ts'

const name = 'ManagedIdentityExtensionForLinux'
/** A port that no other test listens on. */
const settings = ['--settings', '{"port": 50393}']
const of = ['-g', 'lanyard', '--vm-name', 'web-1', '-n', name]
const publisher = ['--publisher', 'Microsoft.ManagedIdentity']

let client: Client
before(async () => {
  client = await startClient()
  await client.get('login --identity')
})
after(() => client.close())

async function run(...words: readonly string[]): Promise<string> {
  const { code, out, err } = await client.lanyard('vm', 'extension', ...words)
  assert.equal(code, 0, err)
  return out.trim()
}

test('set deploys the newest version, list and show tell of it, delete removes it', async () => {
  const deployed = JSON.parse(await run('set', ...of, ...publisher, ...settings)) as Record<string, unknown>
  const { provisioningState, typeHandlerVersion, typePropertiesType, resourceGroup } = deployed
  assert.deepEqual(
    [provisioningState, typeHandlerVersion, typePropertiesType, resourceGroup],
    ['Succeeded', '1.0', name, 'lanyard'],
  )
  const [header, , row] = (await run('list', '-g', 'lanyard', '--vm-name', 'web-1', '-o', 'table')).split('\n')
  assert.match(header ?? '', /^Name +ProvisioningState +Publisher +Version +AutoUpgradeMinorVersion$/)
  assert.match(row ?? '', /^ManagedIdentityExtensionForLinux +Succeeded +Microsoft\.ManagedIdentity +1\.0 +True$/)
  assert.equal(
    await run('show', ...of, '--instance-view', '--query', 'instanceView.statuses[0].displayStatus', '-o', 'tsv'),
    'Provisioning succeeded',
  )
  assert.equal(await run('show', '--ids', String(deployed['id']), '--query', 'settings.port', '-o', 'tsv'), '50393')
  assert.equal(await run('delete', ...of), '')
  assert.equal(await run('list', '-g', 'lanyard', '--vm-name', 'web-1'), '[]')
})

test('a deployment that fails says what Azure says, and is redeployed by --force-update', async () => {
  client.platform.platform.faults.add(parseFault({ kind: 'extension-failure', requests: 'first' }))
  const { code, err } = await client.lanyard('vm', 'extension', 'set', ...of, ...publisher, ...settings)
  assert.equal(code, 1)
  assert.match(err, /^ERROR: \(VMExtensionProvisioningError\) VM has reported a failure when processing extension '/)
  assert.equal(await run('show', ...of, '--query', 'provisioningState', '-o', 'tsv'), 'Failed')
  assert.equal(
    await run('set', ...of, ...publisher, ...settings, '--force-update', '--query', 'provisioningState', '-o', 'tsv'),
    'Succeeded',
  )
})

test('mistakes: nothing named, another id, settings that are none, an extension that nobody publishes', async () => {
  for (const [words, exitCode, words2] of [
    [['show', '-g', 'lanyard'], 2, /the following arguments are required/],
    [['show', '--ids', '/subscriptions/x'], 2, /is not the id of an extension/],
    [['show', '--ids', '/subscriptions/x', '-n', 'y'], 2, /stands instead of the names/],
    [['set', ...of, ...publisher, '--settings', 'no-such-file.json'], 2, /neither a JSON object nor a file/],
    [['set', ...of, ...publisher, '--settings', '{'], 2, /a JSON object is wanted/],
    [['set', ...of, '--publisher', 'Contoso'], 3, /was not found/],
    [['set', ...of, '--publisher', 'Contoso', '--version', '1.0'], 3, /ArtifactNotFound/],
    [['show', ...of.slice(0, -1), 'nobody'], 3, /was not found/],
  ] as const) {
    const { code, err } = await client.lanyard('vm', 'extension', ...words)
    assert.equal(code, exitCode, `${words.join(' ')}: ${err}`)
    assert.match(err, words2)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resourceIds } from '../../../src/azure-services/resource-ids.ts'
import { runLanyard } from '../../support/run-lanyard.ts'

const list = async (...options: string[]) => {
  const { code, stdout, stderr } = await runLanyard(['resource-ids', 'list', ...options])
  assert.equal(code, 0, stderr)
  return stdout
}

test('resource-ids list shows every id, with its source, without a sign-in and without a platform', async () => {
  assert.deepEqual(JSON.parse(await list()), resourceIds)
})

test('by cloud and by a part of the name, in each format', async () => {
  const vault = ['--service', 'key vault', '--cloud', 'azurechinacloud']
  assert.equal(await list(...vault, '--query', '[].resourceId', '-o', 'tsv'), 'https://vault.azure.cn\n')
  const [header, , row] = (await list(...vault, '-o', 'table')).split('\n')
  assert.deepEqual(header?.split(/ {2,}/), ['Service', 'ResourceId', 'Cloud'])
  assert.deepEqual(row?.split(/ {2,}/), ['Azure Key Vault', 'https://vault.azure.cn', 'AzureChinaCloud'])
  assert.match(await list(...vault, '-o', 'yaml'), /^- cloud: AzureChinaCloud\n/)
  assert.deepEqual(JSON.parse(await list('--service', 'no such service')), [])
})

test('a cloud that there is not is a mistake of usage', async () => {
  const { code, stderr } = await runLanyard(['resource-ids', 'list', '--cloud', 'AzureMoon'])
  assert.equal(code, 2)
  assert.match(stderr, /there is no cloud 'AzureMoon'\. There are AzureCloud, /)
})

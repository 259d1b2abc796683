import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resourceIds } from '../../../azure-services/resource-ids.ts'
import { filterServices } from './service-filter.ts'

test('a filter finds services by name and by id, in one cloud or in all', () => {
  const ids = (filter: object) => filterServices(resourceIds, filter).map(({ resourceId }) => resourceId)
  assert.equal(ids({}).length, resourceIds.length)
  assert.deepEqual(ids({ filter: 'KEY vault', cloud: 'AzureChinaCloud' }), ['https://vault.azure.cn'])
  assert.ok(ids({ filter: 'vault' }).includes('https://vault.usgovcloudapi.net'))
  assert.deepEqual(ids({ filter: 'vault.azure.net', cloud: 'AzureCloud' }), ['https://vault.azure.net'])
  assert.deepEqual(ids({ filter: 'no such service' }), [])
})

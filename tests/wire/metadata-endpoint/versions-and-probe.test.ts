import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, refused } from './ask-endpoint.ts'
import { tenantId } from './sample-machine.ts'

test('wire rule 10: getplatformmetadata is 404, with or without the header', async () => {
  const path = '/metadata/identity/getplatformmetadata?cred-api-version=2.0'
  assert.equal((await ask(path)).status, 404)
  assert.equal((await ask(path, { headers: {} })).status, 404)
})

test('D.2 versions, oldest first, and the tenant', async () => {
  const { apiVersions } = JSON.parse((await ask('/metadata/versions')).text) as { apiVersions: string[] }
  assert.equal(apiVersions.length, 35)
  assert.deepEqual([apiVersions[0], apiVersions.at(-1)], ['2017-03-01', '2025-04-07'])
  refused(await ask('/metadata/identity/info?api-version=2018-02-01'), JSON.stringify({ tenantId }), 200)
})

test('D.5 unknown path, with or without the header', async () => {
  for (const path of ['/metadata', '/metadata/identity', '/metadata/instances', '/', '/oauth2/tokens']) {
    refused(await ask(path), '{ "error": "Not found" }', 404)
    refused(await ask(path, { headers: {} }), '{ "error": "Not found" }', 404)
  }
  refused(await ask('/metadata/instance/compute/nothing?api-version=2021-02-01'), '{ "error": "Not found" }', 404)
  refused(await ask('/metadata/instance/compute/__proto__?api-version=2021-02-01'), '{ "error": "Not found" }', 404)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, known } from './ask-endpoint.ts'
import { vmId } from './sample-machine.ts'

test('D.5 a leaf without format=text, and an unknown format', async () => {
  assert.equal((await ask('/metadata/instance/compute/location?api-version=2021-02-01')).status, 400)
  assert.equal((await ask('/metadata/instance?api-version=2021-02-01&format=xml')).status, 400)
})

interface Compute {
  [name: string]: unknown
}

async function computeAt(version: string): Promise<Compute> {
  return JSON.parse((await ask(`/metadata/instance/compute?api-version=${version}`)).text) as Compute
}

test('D.3 fields appear with their api-version', async () => {
  assert.deepEqual(Object.keys(await computeAt('2017-04-02')), [
    'location',
    'name',
    'offer',
    'osType',
    'platformFaultDomain',
    'platformUpdateDomain',
    'publisher',
    'sku',
    'version',
    'vmId',
    'vmSize',
  ])
  assert.equal((await computeAt('2019-06-01'))['tagsList'], undefined)
  assert.deepEqual((await computeAt('2020-07-15'))['osProfile'], { adminUsername: 'azureuser', computerName: 'web-1' })
  const newest = await computeAt('2025-04-07')
  assert.deepEqual(newest['osProfile'], {
    adminUsername: 'azureuser',
    computerName: 'web-1',
    disablePasswordAuthentication: 'true',
  })
  assert.deepEqual(newest['tagsList'], [
    { name: 'env', value: 'test' },
    { name: 'team', value: 'web' },
  ])
  assert.equal(newest['tags'], 'env:test;team:web')
  assert.equal(newest['resourceGroupName'], 'Web-RG')
  assert.equal(newest['resourceId'], vmId)
  assert.equal(newest['zone'], '2')
})

test('D.1 every primitive of /instance is text', async () => {
  const seen = new Set<string>()
  JSON.parse((await ask('/metadata/instance?api-version=2025-04-07')).text, (_name, value: unknown) => {
    seen.add(typeof value)
    return value
  })
  assert.deepEqual([...seen].sort(), ['object', 'string'])
})

test('D.1 the path descends, and format=text reads leaves and lists containers', async () => {
  const text = async (path: string) => {
    const answer = await ask(`/metadata/instance${path}?api-version=2021-05-01&format=text`)
    assert.equal(answer.headers['content-type'], 'text/plain; charset=utf-8')
    return answer.text
  }
  assert.equal(await text(''), 'compute/\nnetwork/')
  assert.equal(await text('/compute/location'), 'westeurope')
  assert.equal(await text('/compute/storageProfile/dataDisks/0/isUltraDisk'), 'true')
  assert.equal(await text('/compute/storageProfile/dataDisks/0/diskCapacityBytes'), '1073741824')
  known.network = { interfaces: [{ addresses: [], subnets: [], macAddress: '00224800000A' }], loadBalancing: undefined }
  assert.equal(await text('/network/interface'), '0/')
  assert.equal(await text('/compute/publicKeys/0'), 'keyData\npath')
})

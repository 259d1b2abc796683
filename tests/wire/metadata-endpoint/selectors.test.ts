import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MachineIdentity } from '../../../src/machines/machine.ts'
import { known, ask, askToken, tokenPath, notFoundBody, severalBody, refused, isTokenOf, client, object } from './ask-endpoint.ts'
import { tenantId, vmId, uaiId, system, first, second } from './sample-machine.ts'

// wire.md D.4: what the machine has, the query, and the identity that answers or the refusal.
const unknownId = 'dddddddd-0000-4000-8000-000000000000'
const selection: [title: string, has: MachineIdentity[], query: string, expected: MachineIdentity | string][] = [
  ['system only, no selector: system', [system], '', system],
  ['system only, its client id: system', [system], client(system), system],
  ['system only, its object id: system', [system], object(system), system],
  ['system only, the id of its machine: not found', [system], `&msi_res_id=${vmId}`, notFoundBody],
  ['system only, another client id: not found', [system], `&client_id=${unknownId}`, notFoundBody],
  ['system only, an empty client id: not found, not system', [system], '&client_id=', notFoundBody],
  ['one user-assigned, no selector: that one', [first], '', first],
  ['one user-assigned, its client id: it', [first], client(first), first],
  ['one user-assigned, its object id: it', [first], object(first), first],
  ['one user-assigned, its resource id: it', [first], `&msi_res_id=${uaiId('First')}`, first],
  ['one user-assigned, another client id: not found', [first], `&client_id=${unknownId}`, notFoundBody],
  ['one user-assigned, its object id as client id: not found', [first], `&client_id=${first.principal.objectId}`, notFoundBody],
  ['system and one user-assigned, no selector: system', [first, system], '', system],
  ['system and user-assigned, selector of the latter: chosen', [system, first], client(first), first],
  ['system and user-assigned, selector of the system one: chosen', [system, first], object(system), system],
  ['system and user-assigned, a miss: not found', [system, first], `&object_id=${unknownId}`, notFoundBody],
  ['several user-assigned, no selector: refused', [first, second], '', severalBody],
  ['several user-assigned, selector: chosen', [first, second], client(second), second],
  ['several user-assigned, a miss: not found', [first, second], `&msi_res_id=${uaiId('third')}`, notFoundBody],
  ['system and several user-assigned, no selector: system', [first, second, system], '', system],
  ['no identity, no selector: not found', [], '', notFoundBody],
  ['no identity, a selector: not found', [], client(first), notFoundBody],
]
for (const [title, has, query, expected] of selection) {
  test(`D.4 ${title}`, async () => {
    known.identities = has
    const answer = await askToken(query)
    if (typeof expected === 'string') refused(answer, expected)
    else isTokenOf(answer, expected)
  })
}

for (const alias of ['msi_res_id', 'mi_res_id', 'resource_id', 'msi-res-id', 'MSI_RES_ID', 'msi%5Fres%5Fid']) {
  test(`D.4 ${alias} selects by resource id in any casing, escaped or not`, async () => {
    known.identities = [system, first, second]
    for (const id of [uaiId('second'), uaiId('SECOND').toUpperCase(), encodeURIComponent(uaiId('second').toLowerCase())]) {
      isTokenOf(await askToken(`&${alias}=${id}`), second)
    }
  })
}

test('D.4 the answer repeats the selector, and names the client id in any case', async () => {
  known.identities = [system, first]
  const fields = async (query: string) => {
    const { client_id, object_id, msi_res_id } = JSON.parse((await askToken(query)).text) as Record<string, string>
    return [client_id, object_id, msi_res_id]
  }
  const { clientId, objectId } = first.principal
  assert.deepEqual(await fields(client(first)), [clientId, undefined, undefined])
  assert.deepEqual(await fields(object(first)), [clientId, objectId, undefined])
  assert.deepEqual(await fields(`&mi_res_id=${uaiId('First')}`), [clientId, undefined, uaiId('First')])
  assert.deepEqual(await fields(''), [system.principal.clientId, undefined, undefined])
})

test('D.4 more than one selector is refused with a sentence', async () => {
  known.identities = [system, first]
  for (const query of [client(first) + object(first), `${client(first)}&mi_res_id=${uaiId('First')}`]) {
    const answer = await askToken(query)
    assert.equal(answer.status, 400)
    assert.match(answer.text, /^\{"error":"invalid_request","error_description":"More than one identity /)
  }
})

for (const name of ['clientid', 'principal_id', 'object-id', 'principalId']) {
  test(`D.4 ${name}, a selector of another token source, is refused and not passed over`, async () => {
    known.identities = [system, first]
    const answer = await askToken(`&${name}=${first.principal.clientId}`)
    assert.equal(answer.status, 400)
    assert.match(answer.text, /is not known here/)
  })
}

test('D.5 no identity: the machine is gone, or the request came from none', async () => {
  known.identities = [system]
  known.machineExists = false
  refused(await askToken(), notFoundBody)
  assert.equal((await ask('/metadata/instance?api-version=2021-02-01')).status, 404)
  known.machineExists = true
  known.machineId = undefined
  refused(await askToken(), notFoundBody)
  const instance = await ask('/metadata/instance?api-version=2021-02-01')
  assert.equal(instance.status, 404)
  assert.match(instance.text, /did not come from a virtual machine/)
  known.machineId = vmId
})

test('D.5 unknown resource', async () => {
  known.identities = [system]
  const answer = await ask(`${tokenPath}?api-version=2018-02-01&resource=https://unknown.example`)
  assert.equal(answer.status, 400)
  const body = JSON.parse(answer.text) as Record<string, string>
  assert.equal(body['error'], 'invalid_resource')
  const start = `AADSTS500011: The resource principal named https://unknown.example was not found in the tenant named ${tenantId}. `
  assert.ok(body['error_description']?.startsWith(start))
})

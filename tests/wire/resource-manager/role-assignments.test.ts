import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { decodeJwt } from 'jose'
import { defaultSubscriptionId } from '../../../src/world/default-world.ts'
import { administratorToken, callManager, errorOf, openManager, type Manager } from '../../support/manager-client.ts'
import { groupId, machineId } from '../../support/start-test-platform.ts'

const subscription = `/subscriptions/${defaultSubscriptionId}`
const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c'
const assignments = '/providers/Microsoft.Authorization/roleAssignments'
const roleId = (role: string) => `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`
const managementGroup = (name: string) => `/providers/Microsoft.Management/managementGroups/${name}`

let manager: Manager
let administrator: string
let own: string
before(async () => {
  manager = await openManager()
  administrator = await administratorToken(manager.platform)
  own = String(decodeJwt(manager.token)['oid'])
})
after(() => manager.platform.close())

interface Item {
  readonly id: string
  readonly name: string
  readonly properties: Readonly<Record<string, unknown>>
}

const asAdministrator = (method: string, path: string, body?: unknown) =>
  callManager(manager.platform, administrator, method, path, body)

async function identity(name: string): Promise<string> {
  const path = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`
  const answer = await manager.call('PUT', path, { location: 'westeurope' })
  return answer.json<{ properties: { principalId: string } }>().properties.principalId
}

async function list(scope: string, filter = ''): Promise<readonly Item[]> {
  const answer = await asAdministrator('GET', `${scope}${assignments}?$filter=${encodeURIComponent(filter)}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<{ value: Item[] }>().value
}

const put = (scope: string, principalId: string, properties: object = {}, name: string = randomUUID()) =>
  asAdministrator('PUT', `${scope}${assignments}/${name}`, {
    properties: { roleDefinitionId: roleId(reader), principalId, ...properties },
  })

describe('PUT of a role assignment', () => {
  test('201, the same again 200, and the shape of wire.md F.7', async () => {
    const principalId = await identity('shape')
    const name = randomUUID().toUpperCase()
    const first = await put(groupId, principalId, { principalType: 'ServicePrincipal', description: 'why' }, name)
    assert.equal(first.status, 201, first.text)
    const { id, name: shownName, properties } = first.json<Item & Record<string, unknown>>()
    assert.deepEqual([id, shownName], [`${groupId}${assignments}/${name.toLowerCase()}`, name.toLowerCase()])
    const { createdOn, updatedOn, createdBy, updatedBy, ...rest } = properties
    assert.deepEqual(rest, {
      roleDefinitionId: roleId(reader),
      principalId,
      principalType: 'ServicePrincipal',
      scope: groupId,
      condition: null,
      conditionVersion: null,
      delegatedManagedIdentityResourceId: null,
      description: 'why',
    })
    assert.deepEqual([createdOn, createdBy], [updatedOn, updatedBy])
    assert.equal((await put(groupId, principalId, {}, name.toLowerCase())).status, 200)
    assert.equal((await asAdministrator('GET', id)).status, 200)
    assert.equal((await asAdministrator('DELETE', id)).json<Item>().id, id)
    assert.equal((await asAdministrator('DELETE', id)).status, 204)
    assert.deepEqual(errorOf(await asAdministrator('GET', id)), [
      404,
      'RoleAssignmentNotFound',
      `The role assignment '${name.toLowerCase()}' is not found.`,
    ])
  })

  test('the same principal, role and scope under another name: RoleAssignmentExists, also when both come at once', async () => {
    const principalId = await identity('twice')
    const answers = await Promise.all(Array.from({ length: 6 }, () => put(groupId, principalId)))
    assert.equal(answers.filter(({ status }) => status === 201).length, 1)
    const refused = answers.find(({ status }) => status === 409)
    assert.ok(refused)
    assert.deepEqual(errorOf(refused).slice(1, 2), ['RoleAssignmentExists'])
    assert.equal((await list(groupId, `principalId eq '${principalId}'`)).length, 1)
  })

  test('an existing name with another body: RoleAssignmentExists', async () => {
    const [principalId, name] = [await identity('name'), randomUUID()]
    await put(groupId, principalId, {}, name)
    const other = await put(groupId, principalId, { roleDefinitionId: roleId(contributor) }, name)
    assert.deepEqual(errorOf(other).slice(0, 2), [409, 'RoleAssignmentExists'])
  })

  test('what cannot be is named', async () => {
    const principalId = await identity('refusals')
    const nobody = randomUUID()
    const codes = async (answer: ReturnType<typeof put>) => errorOf(await answer).slice(0, 2)
    assert.deepEqual(await codes(put(groupId, principalId, {}, 'no-guid')), [400, 'InvalidRoleAssignmentId'])
    assert.deepEqual(await codes(put(groupId, 'someone')), [400, 'InvalidRequestContent'])
    assert.deepEqual(await codes(put(groupId, nobody)), [400, 'PrincipalNotFound'])
    assert.match(
      (await put(groupId, nobody)).text,
      new RegExp(`Principal ${nobody.replaceAll('-', '')} does not exist in the directory `),
    )
    for (const roleDefinitionId of [reader, 'Reader', `${roleId(reader)}/x`]) {
      assert.deepEqual(await codes(put(groupId, principalId, { roleDefinitionId })), [400, 'InvalidRoleDefinitionId'])
    }
    const unknown = { roleDefinitionId: roleId(randomUUID()) }
    assert.deepEqual(await codes(put(groupId, principalId, unknown)), [400, 'RoleDefinitionDoesNotExist'])
    assert.deepEqual(await codes(put(groupId, principalId, { principalType: 'Robot' })), [400, 'InvalidRequestContent'])
    assert.deepEqual(await codes(put(groupId, principalId, { principalType: 'User' })), [400, 'UnmatchedPrincipalType'])
    assert.deepEqual(await list(groupId, `principalId eq '${principalId}'`), [])
  })

  test('a condition is refused, since without it more would be granted', async () => {
    const answer = await put(groupId, await identity('condition'), {
      condition: "@Resource[x] StringEquals 'y'",
      conditionVersion: '2.0',
    })
    assert.deepEqual(errorOf(answer).slice(0, 2), [400, 'UnsupportedOperation'])
  })

  test('a group, of which the directory knows nothing', async () => {
    const principalId = randomUUID()
    assert.equal((await put(groupId, principalId, { principalType: 'Group' })).status, 201)
    assert.equal((await list(groupId, `principalId eq '${principalId}'`))[0]?.properties['principalType'], 'Group')
  })

  test('a user is one of the directory, whether the request says so or not', async () => {
    const owners = await list(managementGroup(manager.platform.platform.tenantId))
    const user = String(owners.find(({ properties }) => properties['principalType'] === 'User')?.properties['principalId'])
    const given = await put(groupId, user)
    assert.equal(given.status, 201, given.text)
    assert.equal(given.json<Item>().properties['principalType'], 'User')
    assert.deepEqual(errorOf(await put(groupId, user, { principalType: 'ServicePrincipal' })), [
      400,
      'UnmatchedPrincipalType',
      `The PrincipalId '${user.replaceAll('-', '')}' has type 'User' , which is different from specified PrinciaplType 'ServicePrincipal'.`,
    ])
    const nobody = await put(groupId, randomUUID(), { principalType: 'User' })
    assert.deepEqual(errorOf(nobody).slice(0, 2), [400, 'PrincipalNotFound'])
  })

  test('at a scope that does not exist; below a resource that does, any', async () => {
    const principalId = await identity('scopes')
    const codes = async (scope: string) => errorOf(await put(scope, principalId)).slice(0, 2)
    assert.deepEqual(await codes(`${subscription}/resourceGroups/none`), [404, 'ResourceGroupNotFound'])
    assert.deepEqual(await codes(`/subscriptions/${randomUUID()}`), [404, 'SubscriptionNotFound'])
    assert.deepEqual(await codes(`${machineId}x`), [404, 'ResourceNotFound'])
    const vault = `${groupId}/providers/Microsoft.KeyVault/vaults/kv`
    assert.deepEqual(await codes(`${vault}/secrets/s1`), [404, 'ResourceNotFound'])
    await manager.call('PUT', vault, { location: 'westeurope' })
    assert.equal((await put(`${vault}/secrets/s1`, principalId)).status, 201)
  })
})

describe('lists of role assignments', () => {
  test('atScope() is what is there and above; without it also what is below', async () => {
    const principalId = await identity('levels')
    for (const scope of ['', subscription, groupId, machineId]) {
      assert.equal((await put(scope, principalId)).status, 201, scope)
    }
    const scopes = async (scope: string, filter: string) =>
      (await list(scope, filter))
        .filter((one) => one.properties['principalId'] === principalId)
        .map((one) => one.properties['scope'])
    assert.deepEqual(await scopes(groupId, 'atScope()'), ['/', subscription, groupId])
    assert.deepEqual(await scopes(groupId, ''), ['/', subscription, groupId, machineId])
    assert.deepEqual(await scopes(subscription, `principalId eq '${principalId.toUpperCase()}'`), [
      '/',
      subscription,
      groupId,
      machineId,
    ])
    assert.deepEqual(await scopes(groupId, `atScope() and assignedTo('${principalId}')`), ['/', subscription, groupId])
    assert.deepEqual(await scopes(machineId, `assignedTo('${randomUUID()}')`), [])
    assert.deepEqual(await scopes('', ''), ['/', subscription, groupId, machineId])
  })

  test('a filter that is not supported', async () => {
    for (const filter of ['principalId', "principalId eq 'x'", "roleName eq 'Reader'", 'atScope( or 1']) {
      const answer = await asAdministrator('GET', `${groupId}${assignments}?$filter=${encodeURIComponent(filter)}`)
      assert.deepEqual(errorOf(answer).slice(0, 2), [400, 'UnsupportedQuery'], filter)
    }
  })

  test('the scope is what stands before the last of the words', async () => {
    const inner = `${machineId}${assignments}/${randomUUID()}`
    const answer = await callManager(manager.platform, undefined, 'GET', `${inner}${assignments}`)
    assert.equal(answer.status, 401)
    const shown = await asAdministrator('GET', `${inner}${assignments}?$filter=atScope()`)
    assert.equal(shown.status, 200, shown.text)
  })
})

describe('management groups and the tenant', () => {
  test('a role at the root group reaches every subscription below it, and not the tenant', async () => {
    const fresh = await openManager({ role: 'Reader', scope: groupId })
    try {
      const root = managementGroup(fresh.platform.platform.tenantId)
      const admin = await administratorToken(fresh.platform)
      const call = (token: string, method: string, path: string, body?: unknown) =>
        callManager(fresh.platform, token, method, path, body)
      assert.equal((await call(fresh.token, 'GET', subscription + assignments)).status, 403)
      const body = { properties: { roleDefinitionId: roleId(reader), principalId: decodeJwt(fresh.token)['oid'] } }
      const made = await call(admin, 'PUT', `${root}${assignments}/${randomUUID()}`, body)
      assert.equal(made.status, 201, made.text)
      assert.equal(made.json<Item>().properties['scope'], root)
      assert.equal(
        made.json<Item>().properties['roleDefinitionId'],
        `/providers/Microsoft.Authorization/roleDefinitions/${reader}`,
      )
      const shown = await call(fresh.token, 'GET', `${subscription}${assignments}?$filter=atScope()`)
      assert.ok(shown.json<{ value: Item[] }>().value.some(({ id }) => id === made.json<Item>().id))
      assert.equal((await call(fresh.token, 'GET', root + assignments)).status, 200)
      assert.equal((await call(fresh.token, 'GET', assignments)).status, 403)
    } finally {
      await fresh.platform.close()
    }
  })

  test('another group is listed, inherits from the tenant, and takes no assignment', async () => {
    const group = managementGroup('x')
    assert.ok((await list(group, 'atScope()')).every((one) => one.properties['scope'] === '/'))
    assert.deepEqual(errorOf(await manager.call('GET', group + assignments)).slice(0, 2), [403, 'AuthorizationFailed'])
    assert.deepEqual(errorOf(await put(group, own)), [404, 'ManagementGroupNotFound', `'${group}' not found`])
    const roles = await asAdministrator(
      'GET',
      `${group}/providers/Microsoft.Authorization/roleDefinitions?$filter=roleName%20eq%20'Reader'`,
    )
    assert.deepEqual(
      roles.json<{ value: Item[] }>().value.map(({ id }) => id),
      [`/providers/Microsoft.Authorization/roleDefinitions/${reader}`],
    )
  })
})

describe('role definitions', () => {
  const definitions = '/providers/Microsoft.Authorization/roleDefinitions'
  const names = async (filter: string) => {
    const answer = await manager.call('GET', `${subscription}${definitions}?$filter=${encodeURIComponent(filter)}`)
    assert.equal(answer.status, 200, answer.text)
    return answer.json<{ value: { properties: { roleName: string } }[] }>().value.map(({ properties }) => properties.roleName)
  }

  test('by name, by type, at scope and below', async () => {
    assert.deepEqual(await names("roleName eq 'reader'"), ['Reader'])
    assert.deepEqual(await names("type eq 'BuiltInRole' and atScopeAndBelow() and roleName eq 'Owner'"), ['Owner'])
    assert.deepEqual(await names("type eq 'CustomRole'"), [])
    assert.ok((await names('atScopeAndBelow()')).length > 10)
  })

  test('wire rule 13: below a subscription the id names it', async () => {
    const answer = await manager.call('GET', `${machineId}${definitions}/${reader.toUpperCase()}`)
    assert.equal(answer.json()['id'], roleId(reader))
    assert.deepEqual(errorOf(await manager.call('GET', `${subscription}${definitions}/none`)).slice(0, 2), [
      404,
      'RoleDefinitionDoesNotExist',
    ])
  })

  test('a custom role is not pretended', async () => {
    const answer = await manager.call('PUT', `${subscription}${definitions}/${randomUUID()}`, {
      properties: { roleName: 'Mine' },
    })
    assert.deepEqual(errorOf(answer).slice(0, 2), [400, 'UnsupportedOperation'])
  })

  test("permissions are those of the caller's roles at the scope and above", async () => {
    const fresh = await openManager({ role: 'Reader', scope: groupId })
    try {
      const answer = await fresh.call('GET', `${groupId}/providers/Microsoft.Authorization/permissions`)
      assert.deepEqual(
        answer.json<{ value: { actions: string[] }[] }>().value.map(({ actions }) => actions),
        [['*/read']],
      )
      const refused = await fresh.call('GET', `${groupId}0/providers/Microsoft.Authorization/permissions`)
      assert.equal(refused.status, 403)
    } finally {
      await fresh.platform.close()
    }
  })
})

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { defaultSubscriptionId } from '../../src/world/default-world.ts'
import type { Answer } from '../support/call-platform.ts'
import { orders, startEntra, type Entra } from '../support/start-entra.ts'

interface Principal {
  readonly id: string
  readonly appId: string
  readonly displayName: string
}
interface List {
  readonly '@odata.context': string
  readonly '@odata.count'?: number
  readonly '@odata.nextLink'?: string
  readonly value: readonly Principal[]
}

let entra: Entra
let token: string
let all: readonly Principal[]
const root = '/v1.0/servicePrincipals'
const group = `/subscriptions/${defaultSubscriptionId}/resourceGroups/lanyard`
const someGuid = '44444444-4444-4444-8444-444444444444'

before(async () => {
  entra = await startEntra()
  token = await entra.token('https://graph.microsoft.com/')
  all = (await get(root)).json<List>().value
})
after(() => entra.close())

const get = (path: string) => entra.call('GET', path, { token })
const list = (query: Readonly<Record<string, string>>) => get(`${root}?${new URLSearchParams(query)}`)
const named = (displayName: string): Principal => {
  const found = all.find((principal) => principal.displayName === displayName)
  assert.ok(found, displayName)
  return found
}
const names = async (answer: Promise<Answer>) => (await answer).json<List>().value.map(({ displayName }) => displayName)

function errorOf(answer: Answer): readonly [status: number, code: string, message: string] {
  const { error } = answer.json<{ error: { code: string; message: string; innerError: Record<string, string> } }>()
  assert.deepEqual(Object.keys(error), ['code', 'message', 'innerError'])
  assert.deepEqual(Object.keys(error.innerError), ['date', 'request-id', 'client-request-id'])
  assert.equal(error.innerError['date'], new Date(entra.time.now).toISOString().slice(0, 19))
  assert.equal(error.innerError['request-id'], answer.headers['request-id'])
  return [answer.status, error.code, error.message]
}

describe('a service principal', () => {
  test('of an application has its names and its tenant', async () => {
    const { id } = named(orders.name)
    const answer = await get(`${root}/${id.toUpperCase()}`)
    assert.equal(answer.status, 200)
    assert.match(String(answer.headers['content-type']), /^application\/json;odata\.metadata=minimal;/)
    assert.equal(answer.headers['odata-version'], '4.0')
    const body = answer.json()
    assert.equal(body['@odata.context'], 'https://graph.microsoft.com/v1.0/$metadata#servicePrincipals/$entity')
    assert.equal(body['appId'], orders.clientId)
    assert.equal(body['servicePrincipalType'], 'Application')
    assert.equal(body['appOwnerOrganizationId'], entra.tenantId)
    assert.equal(body['appDisplayName'], orders.name)
    assert.deepEqual(body['servicePrincipalNames'], [orders.clientId, ...orders.identifierUris])
    assert.deepEqual(body['alternativeNames'], [])
    assert.equal(body['createdDateTime'], `${new Date(entra.time.now).toISOString().slice(0, 19)}Z`)
  })

  test('of a managed identity has its resource as an alternative name', async () => {
    for (const [name, explicit, resource] of [
      ['web-1', 'False', `${group}/providers/Microsoft.Compute/virtualMachines/web-1`],
      ['deploy', 'True', `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/deploy`],
    ] as const) {
      const { id, appId } = named(name)
      const body = (await get(`${root}/${id}`)).json()
      assert.equal(body['servicePrincipalType'], 'ManagedIdentity')
      assert.deepEqual(body['alternativeNames'], [`isExplicit=${explicit}`, resource])
      assert.deepEqual(body['servicePrincipalNames'], [appId])
      assert.equal(body['appOwnerOrganizationId'], null)
    }
  })

  test('is found by its alternate key, and is a directory object', async () => {
    const { id, appId } = named('web-1')
    assert.equal((await get(`${root}(appId='${appId}')`)).json()['id'], id)
    const object = (await get(`/v1.0/directoryObjects/${id}`)).json()
    assert.deepEqual([object['@odata.type'], object['appId']], ['#microsoft.graph.servicePrincipal', appId])
    for (const collection of ['directoryObjects', 'servicePrincipals']) {
      const path = `/v1.0/${collection}/${id}/getMemberGroups`
      const groups = await entra.call('POST', path, { token, body: '{"securityEnabledOnly":true}' })
      assert.deepEqual(groups.json()['value'], [])
    }
  })

  test('that is not there', async () => {
    const expected = (id: string) =>
      [
        404,
        'Request_ResourceNotFound',
        `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
      ] as const
    for (const path of [root, '/v1.0/directoryObjects', '/v1.0/users', '/v1.0/groups'])
      assert.deepEqual(errorOf(await get(`${path}/${someGuid}`)), expected(someGuid), path)
    assert.deepEqual(errorOf(await get(`${root}(appId='${someGuid}')`)), expected(someGuid))
    const { appId } = named('web-1')
    assert.deepEqual(errorOf(await get(`${root}/${appId}`)), expected(appId))
  })
})

describe('$filter', () => {
  test('finds by each form that clients send', async () => {
    const { id, appId } = named('orders')
    const cases: readonly (readonly [string, readonly string[]])[] = [
      [`servicePrincipalNames/any(c:c eq '${appId}')`, ['orders']],
      [`servicePrincipalNames/any(c:c eq 'API://Orders')`, ['orders']],
      [`servicePrincipalNames/any(x: startswith(x, 'https://orders'))`, ['orders']],
      [`servicePrincipalNames/any(c:c eq '${id}')`, []],
      [`alternativeNames/any(n:n eq '${group}/providers/Microsoft.Compute/virtualMachines/WEB-1')`, ['web-1']],
      [`appId eq '${appId}'`, ['orders']],
      [`id eq '${id}'`, ['orders']],
      [`appOwnerOrganizationId eq ${entra.tenantId} and startswith(displayName,'o')`, ['orders']],
      [`displayName eq 'Orders'`, ['orders']],
      [`displayName eq 'O''Neil'`, []],
      [`startswith(displayName,'ORD')`, ['orders']],
      [`startswith(displayName, 'de') or displayName eq 'web-1'`, ['deploy', 'web-1']],
      [`servicePrincipalType eq 'ManagedIdentity'`, ['deploy', 'web-1']],
      [`servicePrincipalType eq 'ManagedIdentity' and (displayName eq 'web-1' or displayName eq 'orders')`, ['web-1']],
      [`displayName in ('web-1', 'orders')`, ['orders', 'web-1']],
      [`accountEnabled eq true and displayName eq 'web-1'`, ['web-1']],
      [`accountEnabled eq false`, []],
      [`(displayName eq 'web-1')`, ['web-1']],
    ]
    for (const [filter, expected] of cases) assert.deepEqual(await names(list({ $filter: filter })), expected, filter)
    assert.deepEqual(
      await names(list({ $filter: '' })),
      all.map(({ displayName }) => displayName),
    )
  })

  test('is refused when it is not understood', async () => {
    const cases: readonly (readonly [string, string, RegExp])[] = [
      [`displayName`, 'BadRequest', /^Invalid filter clause: Syntax error: unexpected 'end'/],
      [`displayName eq 'x`, 'BadRequest', /^Invalid filter clause: Syntax error at position 14/],
      [`displayName eq x`, 'BadRequest', /^Invalid filter clause: Syntax error: unexpected 'x'/],
      [`displayName like 'x'`, 'BadRequest', /^Invalid filter clause: Syntax error: unknown operator 'like'/],
      [`displayName eq 'x' displayName`, 'BadRequest', /unexpected 'displayName'/],
      [`servicePrincipalNames/any(c:d eq 'x')`, 'BadRequest', /^Invalid filter clause: /],
      [`servicePrincipalNames/all(c:c eq 'x')`, 'BadRequest', /^Invalid filter clause: /],
      [`${'('.repeat(30)}displayName eq 'x'${')'.repeat(30)}`, 'BadRequest', /nested too deeply/],
      [
        `nothing eq 'x'`,
        'BadRequest',
        /^Invalid filter clause: Could not find a property named 'nothing' on type 'microsoft\.graph\.servicePrincipal'\.$/,
      ],
      [`constructor eq 'x'`, 'BadRequest', /Could not find a property named 'constructor'/],
      [
        `appRoleAssignmentRequired eq true`,
        'Request_UnsupportedQuery',
        /^Unsupported or invalid query filter clause specified for property 'appRoleAssignmentRequired' of resource 'ServicePrincipal'\.$/,
      ],
      [`displayName ne 'x'`, 'Request_UnsupportedQuery', /^Unsupported property filter clause operator 'NotEqualsMatch'\.$/],
      [`not startswith(displayName,'x')`, 'Request_UnsupportedQuery', /operator 'Not'/],
    ]
    for (const [filter, code, message] of cases) {
      const [status, told, text] = errorOf(await list({ $filter: filter }))
      assert.deepEqual([status, told], [400, code], filter)
      assert.match(text, message)
    }
  })
})

describe('a list', () => {
  test('comes in pages that a client follows to the end, under the same options', async () => {
    const wanted = all.map(({ id, displayName }) => ({ id, displayName }))
    const seen: unknown[] = []
    let next: string | undefined =
      `${entra.url}${root}?$top=1&$select=id,displayName&$filter=${encodeURIComponent('accountEnabled eq true')}`
    while (next !== undefined) {
      assert.ok(next.startsWith(`${entra.url}${root}?`), next)
      const page: List = (await get(next.slice(entra.url.length))).json<List>()
      assert.equal(page.value.length, 1)
      assert.equal(page['@odata.context'], 'https://graph.microsoft.com/v1.0/$metadata#servicePrincipals(id,displayName)')
      seen.push(...page.value)
      next = page['@odata.nextLink']
    }
    assert.deepEqual(seen, wanted)
    assert.ok(wanted.length >= 3)
  })

  test('is counted when that is asked for', async () => {
    const body = (await list({ $count: 'true', $top: '1', $filter: "servicePrincipalType eq 'ManagedIdentity'" })).json<List>()
    assert.deepEqual([body['@odata.count'], body.value.length], [2, 1])
    assert.equal((await list({})).json<List>()['@odata.count'], undefined)
    assert.equal((await list({})).json<List>()['@odata.nextLink'], undefined)
  })

  test('is refused for options that are not understood', async () => {
    for (const top of ['0', '1000', '-1', 'x', '1.5']) {
      assert.deepEqual(errorOf(await list({ $top: top })), [
        400,
        'Request_UnsupportedQuery',
        `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`,
      ])
    }
    for (const $skiptoken of ['x', Buffer.from('["a"]').toString('base64url')]) {
      assert.deepEqual(errorOf(await list({ $skiptoken })), [
        400,
        'Directory_ExpiredPageToken',
        'The specified page token value has expired and can no longer be included in your request.',
      ])
    }
    const select =
      "Parsing OData Select and Expand failed: Could not find a property named 'x' on type 'microsoft.graph.servicePrincipal'."
    assert.deepEqual(errorOf(await list({ $select: 'id,x' })), [400, 'BadRequest', select])
    assert.deepEqual(errorOf(await get(`${root}/${named('web-1').id}?$select=x`)), [400, 'BadRequest', select])
    const sorting = 'Sorting not supported for current query.'
    assert.deepEqual(errorOf(await list({ $orderby: 'appId' })), [400, 'Request_UnsupportedQuery', sorting])
    assert.equal((await list({ $orderby: 'displayName' })).status, 200)
    assert.equal((await list({ $search: '"displayName:x"' })).status, 400)
  })

  test('of users and of groups is empty', async () => {
    for (const collection of ['users', 'groups']) {
      const query = new URLSearchParams({ $filter: "userPrincipalName eq 'ada@example.com'" })
      assert.deepEqual((await get(`/v1.0/${collection}?${query}`)).json()['value'], [])
    }
  })
})

describe('getByIds', () => {
  const getByIds = (body: unknown) =>
    entra.call('POST', '/v1.0/directoryObjects/getByIds', {
      token,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  test('finds those that are there, each once, when their type is asked for', async () => {
    const { id } = named('web-1')
    const ids = [id, someGuid, id.toUpperCase()]
    for (const types of [
      ['user', 'group', 'servicePrincipal', 'directoryObjectPartnerReference'],
      ['directoryObject'],
      [],
      undefined,
      null,
    ]) {
      const answer = await getByIds({ ids, types })
      const body = answer.json<{ '@odata.context': string; value: { '@odata.type': string; id: string }[] }>()
      assert.equal(body['@odata.context'], 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects')
      assert.deepEqual(
        body.value.map((one) => [one['@odata.type'], one.id]),
        [['#microsoft.graph.servicePrincipal', id]],
      )
    }
    assert.deepEqual((await getByIds({ ids, types: ['user', 'group'] })).json()['value'], [])
  })

  test('refuses what is no list of ids', async () => {
    for (const body of ['{', '[]', '{}', '{"ids":"x"}', '{"ids":[1]}', `{"ids":["${someGuid}"],"types":"user"}`, 'null'])
      assert.equal(errorOf(await getByIds(body))[0], 400, body)
    assert.deepEqual(errorOf(await getByIds({ ids: ['web-1'] })), [
      400,
      'Request_BadRequest',
      "Invalid object identifier 'web-1'.",
    ])
    assert.equal(errorOf(await getByIds({ ids: Array(1001).fill(someGuid) }))[0], 400)
  })
})

test('an application has no user of its own', async () => {
  for (const path of ['/v1.0/me', '/v1.0/me/ownedObjects'])
    assert.deepEqual(errorOf(await get(path)), [
      400,
      'BadRequest',
      '/me request is only valid with delegated authentication flow.',
    ])
})

test('what is not there is no segment, and writing is for nobody', async () => {
  assert.deepEqual(errorOf(await get('/v1.0/nothing')), [400, 'BadRequest', "Resource not found for the segment 'nothing'."])
  assert.deepEqual(errorOf(await get(`${root}/${someGuid}/owners?$top=1`)), [
    400,
    'BadRequest',
    "Resource not found for the segment 'owners'.",
  ])
  for (const [method, path] of [
    ['POST', root],
    ['PATCH', `${root}/${named('web-1').id}`],
    ['DELETE', `${root}/${named('web-1').id}`],
  ] as const) {
    assert.deepEqual(errorOf(await entra.call(method, path, { token, ...(method !== 'DELETE' && { body: '{}' }) })), [
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
    ])
  }
})

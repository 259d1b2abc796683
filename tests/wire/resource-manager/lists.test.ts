import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { defaultSubscriptionId } from '../../../src/world/default-world.ts'
import { administratorToken, callManager, errorOf, openManager, type Manager } from '../../support/manager-client.ts'
import { machineToken, type Answer } from '../../support/call-platform.ts'

const subscription = `/subscriptions/${defaultSubscriptionId}`
const lists = `${subscription}/resourceGroups/lists`
const disk = (name: string, group = lists) => `${group}/providers/Microsoft.Compute/disks/${name}`

let manager: Manager
before(async () => {
  manager = await openManager()
  await manager.call('PUT', lists, { location: 'westeurope' })
})
after(() => manager.platform.close())

interface Page {
  readonly value: readonly { readonly id: string; readonly name: string; readonly tags?: object }[]
  readonly nextLink?: string
}

/** Follows a link as clients do: its path and query exactly as they are. */
const follow = async (link: string | undefined): Promise<Page> => {
  assert.ok(link !== undefined && link.startsWith(`${manager.platform.url}/`), String(link))
  const answer = await manager.call('GET', link.slice(manager.platform.url.length))
  assert.equal(answer.status, 200, answer.text)
  return answer.json<Page>()
}
const names = ({ value }: Page) => value.map(({ name }) => name)
const found = async (filter: string, path = `${lists}/resources`): Promise<readonly string[]> => {
  const answer = await manager.call('GET', `${path}?$filter=${encodeURIComponent(filter)}`)
  assert.equal(answer.status, 200, `${filter} ${answer.text}`)
  return names(answer.json<Page>())
}

describe('pages (wire.md F.4)', () => {
  test('come in the order of ids, and what is added or deleted meanwhile neither repeats nor skips a row', async () => {
    for (const name of ['d2', 'd4', 'D6', 'd8']) await manager.call('PUT', disk(name), { location: 'westeurope' })
    const first = (await manager.call('GET', `${lists}/resources?$top=2`)).json<Page>()
    assert.deepEqual(names(first), ['d2', 'd4'])
    for (const name of ['d1', 'd3', 'd7']) await manager.call('PUT', disk(name), { location: 'westeurope' })
    for (const name of ['d2', 'd4']) await manager.call('DELETE', disk(name))
    const second = await follow(first.nextLink)
    assert.deepEqual(names(second), ['D6', 'd7'])
    const third = await follow(second.nextLink)
    assert.deepEqual([names(third), third.nextLink], [['d8'], undefined])
    for (const name of ['d1', 'd3', 'd6', 'd7', 'd8']) await manager.call('DELETE', disk(name))
  })

  test('of a list whose rows are filtered hold as many as were asked for', async () => {
    for (const name of ['a1', 'b1', 'a2', 'b2', 'a3']) await manager.call('PUT', disk(name), { location: 'westeurope' })
    const query = `?$filter=${encodeURIComponent("substringof('a', name)")}&$top=2`
    const first = (await manager.call('GET', `${lists}/resources${query}`)).json<Page>()
    assert.deepEqual(names(first), ['a1', 'a2'])
    const second = await follow(first.nextLink)
    assert.deepEqual([names(second), second.nextLink], [['a3'], undefined])
    for (const name of ['a1', 'b1', 'a2', 'b2', 'a3']) await manager.call('DELETE', disk(name))
  })

  test('of every list: groups, resources of a type, role assignments, role definitions, providers', async () => {
    for (const name of ['p1', 'p2']) await manager.call('PUT', disk(name), { location: 'westeurope' })
    for (const path of [
      `${subscription}/resourceGroups`,
      `${lists}/providers/Microsoft.Compute/disks`,
      `${subscription}/providers/Microsoft.Authorization/roleAssignments`,
      `${subscription}/providers/Microsoft.Authorization/roleDefinitions`,
      `${subscription}/providers`,
    ]) {
      const all = JSON.stringify((await manager.call('GET', path)).json<Page>().value)
      const collected: unknown[] = []
      let page = (await manager.call('GET', `${path}?%24top=1`)).json<Page>()
      for (; page.nextLink; page = await follow(page.nextLink)) {
        assert.equal(page.value.length, 1, path)
        collected.push(...page.value)
      }
      assert.equal(JSON.stringify([...collected, ...page.value]), all, path)
      assert.ok(collected.length > 0, path)
    }
  })

  test('an end that falls on a full page has no link', async () => {
    const page = (await manager.call('GET', `${lists}/providers/Microsoft.Compute/disks?$top=2`)).json<Page>()
    assert.deepEqual([names(page), page.nextLink], [['p1', 'p2'], undefined])
  })

  test('a size or a token that cannot be', async () => {
    for (const top of ['0', '-1', 'x', '1.5', '99999999999']) {
      assert.deepEqual(errorOf(await manager.call('GET', `${lists}/resources?$top=${top}`)), [
        400,
        'InvalidTopInQueryString',
        `Invalid $top '${top}' specified in the query string.`,
      ])
    }
    for (const token of ['x', '5', 'bm9uc2Vuc2U']) {
      const answer = await manager.call('GET', `${lists}/resources?$skiptoken=${token}`)
      assert.deepEqual(errorOf(answer).slice(0, 2), [400, 'InvalidSkipToken'])
    }
    assert.equal((await manager.call('GET', `${lists}/resources?$top=&$skipToken=`)).status, 200)
  })
})

describe('filters (wire.md F.4)', () => {
  before(async () => {
    await manager.call('PUT', disk('f1'), {
      location: 'West US',
      tags: { env: 'dev', Owner: "o'neil" },
      plan: { name: 'p', publisher: 'acme' },
    })
    await manager.call('PUT', disk('f2'), { location: 'northeurope', tags: { env: 'prod', stage: 'dev' } })
  })

  test('fields, operators and functions', async () => {
    for (const [filter, expected] of [
      ["name eq 'F1'", ['f1']],
      ["resourceGroup eq 'LISTS' and name eq 'f1' and resourceType eq 'microsoft.compute/DISKS'", ['f1']],
      ["location eq 'westus'", ['f1']],
      ["name eq 'f1' or name eq 'f2'", ['f1', 'f2']],
      ["substringof('f', name) and location ne 'westus'", ['f2']],
      ["name eq 'p1' or name eq 'f1' and location eq 'northeurope'", ['p1']],
      ["(name eq 'p1' or name eq 'f1') and location eq 'westus'", ['f1']],
      ["startswith(name, 'F')", ['f1', 'f2']],
      ["substringof('IST', resourceGroup)", ['f1', 'f2', 'p1', 'p2']],
      ["plan/publisher eq 'ACME'", ['f1']],
      ["identity/principalId eq 'x'", []],
      ['', ['f1', 'f2', 'p1', 'p2']],
    ] as const) {
      assert.deepEqual(await found(filter), expected, filter)
    }
  })

  test('a tag and its value belong together; the items then come without tags', async () => {
    assert.deepEqual(await found("tagName eq 'env' and tagValue eq 'dev'"), ['f1'])
    assert.deepEqual(await found("tagname eq 'ENV'"), ['f1', 'f2'])
    assert.deepEqual(await found("tagName eq 'owner' and tagValue eq 'o''neil'"), ['f1'])
    assert.deepEqual(await found("startswith(tagName, 'st')"), ['f2'])
    const tagged = await manager.call('GET', `${lists}/resources?$filter=${encodeURIComponent("tagName eq 'stage'")}`)
    assert.equal(tagged.json<Page>().value[0]?.tags, undefined)
    const named = await manager.call('GET', `${lists}/resources?$filter=${encodeURIComponent("name eq 'f2'")}`)
    assert.deepEqual(named.json<Page>().value[0]?.tags, { env: 'prod', stage: 'dev' })
  })

  test('of resource groups', async () => {
    await manager.call('PATCH', lists, { tags: { team: 'a' } })
    assert.deepEqual(await found("tagName eq 'team' and tagValue eq 'A'", `${subscription}/resourceGroups`), ['lists'])
    assert.deepEqual(await found("tagName eq 'team' and tagValue eq 'b'", `${subscription}/resourceGroups`), [])
  })

  test('that cannot be read, or name a field that there is not, are refused', async () => {
    for (const filter of [
      'name',
      'name eq',
      'name eq f1',
      "name gt 'f1'",
      "name eq 'f1' and",
      "name eq 'f1' name",
      "and name eq 'f1'",
      "(name eq 'f1'",
      "name eq 'f1')",
      "name eq 'f1",
      "constructor eq 'x'",
      "toString eq 'x'",
      "managedBy eq 'x'",
      "substringof(name, 'x')",
      "substringof('x', constructor)",
      'name eq ;',
      `${'('.repeat(4000)}name eq 'x'${')'.repeat(4000)}`,
    ]) {
      const [status, code, message] = errorOf(
        await manager.call('GET', `${lists}/resources?$filter=${encodeURIComponent(filter)}`),
      )
      assert.deepEqual([status, code], [400, 'InvalidFilterInQueryString'], filter)
      assert.equal(message, `Invalid $filter '${filter.slice(0, 500)}' specified in the query string.`)
    }
  })
})

describe('items of a resource list', () => {
  test('have what was asked for with $expand, and no properties', async () => {
    const expand = encodeURIComponent('createdTime,changedTime, provisioningState')
    const page = (await manager.call('GET', `${lists}/resources?$expand=${expand}&$top=1`)).json<{
      value: Record<string, unknown>[]
    }>()
    const [item = {}] = page.value
    assert.deepEqual(Object.keys(item).toSorted(), [
      'changedTime',
      'createdTime',
      'id',
      'location',
      'name',
      'plan',
      'provisioningState',
      'tags',
      'type',
    ])
    assert.equal(item['provisioningState'], 'Succeeded')
    assert.match(String(item['createdTime']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })
})

describe('what a caller may see', () => {
  test('a page holds what its caller may read and nothing else; a group that is not there is told to who may know', async () => {
    const fresh = await openManager({ role: 'Reader', scope: `${subscription}/resourceGroups/lanyard` })
    try {
      const page = (await fresh.call('GET', `${subscription}/resources`)).json<Page>()
      assert.deepEqual(names(page), ['web-1'])
      const refused = await fresh.call('GET', `${subscription}/resourceGroups/other/resources`)
      assert.deepEqual(errorOf(refused).slice(0, 2), [403, 'AuthorizationFailed'])
    } finally {
      await fresh.platform.close()
    }
    for (const path of [
      `${subscription}/resourceGroups/none/resources`,
      `${subscription}/resourceGroups/none/providers/Microsoft.Compute/disks`,
    ]) {
      assert.deepEqual(errorOf(await manager.call('GET', path)), [
        404,
        'ResourceGroupNotFound',
        "Resource group 'none' could not be found.",
      ])
    }
  })

  test('a subscription that does not exist, for the owner of everything and for another', async () => {
    const other = '/subscriptions/99999999-9999-4999-8999-999999999999'
    const administrator = await administratorToken(manager.platform)
    for (const path of [
      '',
      '/locations',
      '/providers',
      '/resourceGroups',
      '/resources',
      '/providers/Microsoft.Compute/virtualMachines',
    ]) {
      const missing: Answer = await callManager(manager.platform, administrator, 'GET', other + path)
      assert.deepEqual(errorOf(missing).slice(0, 2), [404, 'SubscriptionNotFound'], path)
      const token = await machineToken(manager.platform)
      assert.deepEqual(errorOf(await callManager(manager.platform, token, 'GET', other + path)).slice(0, 2), [
        403,
        'AuthorizationFailed',
      ])
    }
  })
})

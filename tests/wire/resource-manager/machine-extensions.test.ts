import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { parseFault } from '../../../src/faults/fault-schema.ts'
import { defaultSubscriptionId } from '../../../src/world/default-world.ts'
import { extensionBody, extensionName } from '../../support/extension-body.ts'
import { errorOf, openManager, type Manager } from '../../support/manager-client.ts'
import { groupId, machineId } from '../../support/start-test-platform.ts'

/** A port that no other test listens on. */
const port = 50_391
const extension = `${machineId}/extensions/${extensionName}`
const images = `/subscriptions/${defaultSubscriptionId}/providers/Microsoft.Compute/locations/westeurope/publishers`

let manager: Manager
before(async () => {
  manager = await openManager()
})
after(() => manager.platform.close())

interface Shown {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly resources?: readonly Shown[]
  readonly properties: Readonly<Record<string, unknown>> & {
    readonly instanceView?: {
      readonly type?: string
      readonly statuses: readonly { readonly code: string; readonly message?: string }[]
      readonly extensions?: readonly { readonly name: string; readonly type: string }[]
    }
  }
}

const put = (properties: Record<string, unknown> = {}, path = extension) =>
  manager.call('PUT', path, extensionBody(port, properties))

describe('the managed-identity extension', () => {
  test('is deployed with 201, and again with 200; its protected settings are not kept', async () => {
    const created = await put({ protectedSettings: { key: 'only-for-the-machine' } })
    assert.equal(created.status, 201, created.text)
    assert.equal(created.headers['azure-asyncoperation'], undefined)
    const { id, name, type, properties } = created.json<Shown>()
    assert.deepEqual([id, name, type], [extension, extensionName, 'Microsoft.Compute/virtualMachines/extensions'])
    assert.deepEqual(properties, {
      publisher: 'Microsoft.ManagedIdentity',
      type: extensionName,
      typeHandlerVersion: '1.0',
      autoUpgradeMinorVersion: true,
      settings: { port },
      provisioningState: 'Succeeded',
    })
    const again = await put({ forceUpdateTag: 'again' })
    assert.deepEqual([again.status, again.json<Shown>().properties['forceUpdateTag']], [200, 'again'])
    assert.doesNotMatch((await manager.call('GET', extension)).text, /only-for-the-machine/)
  })

  test('is seen by itself, in the list, in the machine and in its instance view', async () => {
    await put()
    const expanded = (await manager.call('GET', `${extension}?$expand=instanceView`)).json<Shown>()
    assert.equal(expanded.properties.instanceView?.type, `Microsoft.ManagedIdentity.${extensionName}`)
    assert.deepEqual(
      expanded.properties.instanceView.statuses.map(({ code }) => code),
      ['ProvisioningState/succeeded'],
    )
    const { value } = (await manager.call('GET', `${machineId}/extensions`)).json<{ value: Shown[] }>()
    assert.deepEqual(
      value.map(({ name, properties }) => [name, properties.instanceView]),
      [[extensionName, undefined]],
    )
    const list = (await manager.call('GET', `${machineId}/extensions?$expand=instanceView`)).json<{ value: Shown[] }>()
    assert.deepEqual(list.value[0]?.properties.instanceView, expanded.properties.instanceView)
    const machine = (await manager.call('GET', `${machineId}?$expand=instanceView`)).json<Shown>()
    assert.deepEqual(
      machine.resources?.map(({ id }) => id),
      [extension],
    )
    const told = { name: extensionName, type: `Microsoft.ManagedIdentity.${extensionName}` }
    const [shown] = machine.properties.instanceView?.extensions ?? []
    assert.deepEqual({ name: shown?.name, type: shown?.type }, told)
    const view = (await manager.call('GET', `${machineId}/instanceView`)).json<{ extensions: unknown[] }>()
    assert.equal(view.extensions.length, 1)
  })

  test('a deployment that fails is answered with the address of its end, and stays; putting it again redeploys', async () => {
    const { faults } = manager.platform.platform
    faults.add(parseFault({ kind: 'extension-failure', machine: 'web-1', requests: 'first', message: 'It did not start.' }))
    try {
      await manager.call('DELETE', extension)
      const answer = await put()
      assert.deepEqual([answer.status, answer.json<Shown>().properties['provisioningState']], [201, 'Creating'])
      const address = new URL(String(answer.headers['azure-asyncoperation']))
      assert.match(address.pathname, /\/providers\/Microsoft\.Compute\/locations\/westeurope\/operations\/[\w-]+$/)
      const operation = (await manager.call('GET', address.pathname + address.search)).json()
      assert.equal(operation['status'], 'Failed')
      assert.deepEqual(operation['error'], {
        code: 'VMExtensionProvisioningError',
        message: `VM has reported a failure when processing extension '${extensionName}' (publisher 'Microsoft.ManagedIdentity' and type '${extensionName}'). Error message: 'It did not start.'. More information on troubleshooting is available at https://aka.ms/VMExtensionTroubleshoot.`,
      })
      const log = await manager.call(
        'GET',
        `/subscriptions/${extension.split('/')[2] ?? ''}/providers/Microsoft.Insights/eventtypes/management/values?$filter=${encodeURIComponent(`status eq 'Failed' and resourceId eq '${extension}'`)}`,
      )
      const [event] = log.json<{ value: { properties: Record<string, string> }[] }>().value
      assert.match(event?.properties['statusMessage'] ?? '', /VMExtensionProvisioningError/)
      const why = await manager.call(
        'GET',
        `/providers/Lanyard.Diagnostics/requests/${event?.properties['serviceRequestId'] ?? ''}`,
      )
      assert.match(why.json<{ properties: { cause: string } }>().properties.cause, /failed on the machine/)
      const failed = (await manager.call('GET', `${extension}?$expand=instanceView`)).json<Shown>()
      assert.equal(failed.properties['provisioningState'], 'Failed')
      assert.deepEqual(
        failed.properties.instanceView?.statuses.map(({ code, message }) => [code, message]),
        [['ProvisioningState/failed/1', 'It did not start.']],
      )
      assert.equal((await put({ forceUpdateTag: 'redeploy' })).json<Shown>().properties['provisioningState'], 'Succeeded')
      const later = (await manager.call('GET', address.pathname + address.search)).json()
      assert.deepEqual([later['status'], later['error']], ['Succeeded', undefined])
      assert.deepEqual(
        faults.list().map(({ seen, struck }) => [seen, struck]),
        [[2, 1]],
      )
    } finally {
      faults.clear()
    }
  })

  test('a port that is none fails on the machine', async () => {
    const answer = await put({ settings: { port: 123_456 } })
    const address = new URL(String(answer.headers['azure-asyncoperation']))
    const { error } = (await manager.call('GET', address.pathname + address.search)).json<{ error: { message: string } }>()
    assert.match(error.message, /the setting 'port' is 123456, and must be a whole number from 1 to 65535/)
    assert.equal((await put({ settings: { port: String(port) } })).json<Shown>().properties['provisioningState'], 'Succeeded')
  })

  test('is deleted with 200, and 204 when there is none; it goes with its machine', async () => {
    await put()
    assert.equal((await manager.call('DELETE', extension)).status, 200)
    assert.equal((await manager.call('DELETE', extension)).status, 204)
    assert.equal((await manager.call('GET', extension)).status, 404)
    const other = `${groupId}/providers/Microsoft.Compute/virtualMachines/passing`
    await manager.call('PUT', other, { location: 'westeurope' })
    assert.equal((await put({}, `${other}/extensions/agent`)).status, 201)
    await manager.call('DELETE', other)
    await manager.call('PUT', other, { location: 'westeurope' })
    assert.deepEqual((await manager.call('GET', `${other}/extensions`)).json(), { value: [] })
  })
})

describe('an extension is refused', () => {
  test('for a machine that is not there', async () => {
    const nobody = machineId.replace('web-1', 'nobody')
    const [status, code, message] = errorOf(await put({}, `${nobody}/extensions/agent`))
    assert.deepEqual([status, code], [404, 'ParentResourceNotFound'])
    assert.match(message, /because the parent resource '.*\/virtualMachines\/nobody' could not be found/)
  })

  test('that nobody publishes, in a version that there is not, for another operating system', async () => {
    const path = `${machineId}/extensions/other`
    for (const [properties, code, words] of [
      [
        { publisher: 'Contoso' },
        'ArtifactNotFound',
        /publisher 'Contoso' and type 'Man\w+' could not be found in location 'westeurope'/,
      ],
      [{ type: 'Nothing' }, 'ArtifactNotFound', /and type 'Nothing' could not be found/],
      [{ type: 'ManagedIdentityExtensionForWindows' }, 'ArtifactNotFound', /runs Linux, and this is an extension for Windows/],
    ] as const) {
      const [status, told, message] = errorOf(await put(properties, path))
      assert.deepEqual([status, told], [404, code])
      assert.match(message, words)
    }
    const [status, code, message] = errorOf(await put({ typeHandlerVersion: '7.0' }, path))
    assert.deepEqual([status, code], [400, 'ArtifactVersionNotFound'])
    assert.match(message, /satisfies the requested version '7\.0'/)
  })

  test('whose body says too little, is no JSON, or whose name cannot be one', async () => {
    for (const name of ['publisher', 'type', 'typeHandlerVersion']) {
      const refusal = errorOf(await put({ [name]: undefined }))
      assert.deepEqual(refusal, [400, 'InvalidParameter', `Required parameter '${name}' is missing (null).`])
    }
    assert.deepEqual(errorOf(await put({ publisher: 5 })).slice(0, 2), [400, 'InvalidParameter'])
    assert.deepEqual(errorOf(await manager.call('PUT', extension, '{')).slice(0, 2), [400, 'InvalidRequestContent'])
    const { properties } = extensionBody(port)
    assert.deepEqual(errorOf(await manager.call('PUT', extension, { properties })).slice(0, 2), [400, 'LocationRequired'])
    for (const name of ['-agent', 'agent.', 'a'.repeat(82), '_agent']) {
      assert.deepEqual(errorOf(await put({}, `${machineId}/extensions/${name}`)).slice(0, 2), [400, 'InvalidParameter'], name)
    }
  })

  test('when the machine has one of the same handler by another name', async () => {
    await put()
    const [status, code, message] = errorOf(await put({}, `${machineId}/extensions/second`))
    assert.deepEqual([status, code], [400, 'BadRequest'])
    assert.match(
      message,
      /Multiple VMExtensions per handler not supported .* VMExtension 'ManagedIdentityExtensionForLinux' with handler/,
    )
  })
})

test('an operation that is none, or of an extension that is gone, is not found', async () => {
  const path = `/subscriptions/${defaultSubscriptionId}/providers/Microsoft.Compute/locations/westeurope/operations`
  for (const name of ['nothing', '00000000-0000-0000-0000-000000000000']) {
    assert.deepEqual(errorOf(await manager.call('GET', `${path}/${name}`)).slice(0, 2), [404, 'NotFound'])
  }
})

test('which extensions there are is listed, by publisher and version', async () => {
  const names = async (path: string) => (await manager.call('GET', path)).json<{ name: string }[]>().map(({ name }) => name)
  assert.ok((await names(images)).includes('Microsoft.ManagedIdentity'))
  const types = `${images}/microsoft.managedidentity/artifacttypes/vmextension/types`
  assert.deepEqual(await names(types), [extensionName, 'ManagedIdentityExtensionForWindows'])
  assert.deepEqual(await names(`${types}/${extensionName}/versions`), ['1.0.0.0'])
  assert.equal((await manager.call('GET', `${images}/nobody/artifacttypes/vmextension/types`)).status, 404)
})

test('a Virtual Machine Contributor deploys, a Reader only looks', async () => {
  const contributor = await openManager({ role: 'Virtual Machine Contributor', scope: machineId })
  try {
    assert.equal((await contributor.call('PUT', extension, extensionBody(port))).status, 201)
    assert.equal((await contributor.call('DELETE', extension)).status, 200)
  } finally {
    await contributor.platform.close()
  }
  const reader = await openManager({ role: 'Reader', scope: machineId })
  try {
    assert.equal((await reader.call('GET', `${machineId}/extensions`)).status, 200)
    for (const [method, verb] of [
      ['PUT', 'write'],
      ['DELETE', 'delete'],
    ] as const) {
      const [status, code, message] = errorOf(
        await reader.call(method, extension, method === 'PUT' ? extensionBody(port) : undefined),
      )
      assert.deepEqual([status, code], [403, 'AuthorizationFailed'])
      assert.ok(message.includes(`action 'Microsoft.Compute/virtualMachines/extensions/${verb}'`), message)
    }
  } finally {
    await reader.platform.close()
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runEnvironment } from './run-environment.ts'

const facts = {
  machineId: '/subscriptions/s/resourceGroups/lanyard/providers/Microsoft.Compute/virtualMachines/web-1',
  proxyUrl: 'http://127.0.0.1:41000',
  host: 'vm' as const,
  environment: {},
  servedHosts: [],
  projectedToken: undefined,
  extension: { port: undefined, listening: undefined },
  certificateAuthority: 'PEM',
  tenantId: 't',
  application: undefined,
}

test('the proxy is set in both casings, and Azure hosts do not bypass it', () => {
  const env = runEnvironment({ NO_PROXY: '.azure.com,169.254.169.254' }, facts, '/tmp/x')
  for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy']) assert.equal(env[name], facts.proxyUrl)
  assert.equal(env['NO_PROXY'], 'localhost,127.0.0.1,::1')
})

test('an identity of the user does not leak into the machine', () => {
  const env = runEnvironment({ AZURE_CLIENT_SECRET: 'theirs', IDENTITY_ENDPOINT: 'http://theirs', PATH: '/bin' }, facts, '/tmp/x')
  assert.equal(env['AZURE_CLIENT_SECRET'], undefined)
  assert.equal(env['IDENTITY_ENDPOINT'], undefined)
  assert.equal(env['PATH'], '/bin')
})

test("the user's own sign-ins stay untouched", () => {
  const env = runEnvironment({ AZURE_CONFIG_DIR: '/home/me/.azure' }, facts, '/tmp/x')
  assert.equal(env['AZURE_CONFIG_DIR'], '/tmp/x/azure')
  assert.equal(env['LANYARD_CONFIG_DIR'], '/tmp/x/lanyard')
})

test('--as hands on the credentials of the application', () => {
  const env = runEnvironment({}, { ...facts, application: { clientId: 'c', secret: 's' } }, '/tmp/x')
  assert.deepEqual(
    [env['AZURE_CLIENT_ID'], env['AZURE_CLIENT_SECRET'], env['AZURE_TENANT_ID'], env['ARM_CLIENT_ID']],
    ['c', 's', 't', 'c'],
  )
})

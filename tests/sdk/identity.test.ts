import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runProgram } from './run-program.ts'
import { identityId, type Failure } from './programs/story.ts'

interface Claims {
  readonly token: string
  readonly hoursLeft: number
  readonly aud: string
  readonly oid: string
  readonly appid: string
  readonly idtyp: string
  readonly xms_mirid: string
}

test('@azure/identity: ManagedIdentityCredential gets a token of the identity that it asks for, and of no other', async () => {
  const told = await runProgram<
    Record<'system' | 'vault' | 'byResourceId' | 'byClientId' | 'byObjectId' | 'byDefault', Claims> &
      Record<'notAssigned' | 'unknownClient' | 'unknownResource', Failure>
  >('managed-identity.ts', ['--vm', 'web-1'])

  assert.equal(told.system.aud, 'https://management.azure.com')
  assert.equal(told.system.hoursLeft, 24)
  assert.equal(told.system.idtyp, 'app')
  assert.match(told.system.xms_mirid, /\/virtualMachines\/web-1$/)
  assert.deepEqual([told.vault.aud, told.vault.oid], ['https://vault.azure.net', told.system.oid])
  assert.equal(told.byDefault.oid, told.system.oid)

  // Entra writes `resourcegroups` in this claim.
  assert.equal(told.byResourceId.xms_mirid, identityId('app').replace('resourceGroups', 'resourcegroups'))
  assert.notEqual(told.byResourceId.oid, told.system.oid)
  assert.equal(told.byClientId.oid, told.byResourceId.oid)
  assert.equal(told.byObjectId.oid, told.byResourceId.oid)

  for (const refused of [told.notAssigned, told.unknownClient]) {
    assert.equal(refused.failed, 'CredentialUnavailableError')
    assert.match(refused.message, /Identity not found/)
  }
  assert.match(told.unknownResource.message, /AADSTS500011/)
})

test('@azure/identity: a machine without an identity is told so, and DefaultAzureCredential goes on to the next', async () => {
  const told = await runProgram<Record<'managedIdentity' | 'byDefault', Failure>>('no-identity.ts', ['--vm', 'no-identity'])
  assert.equal(told.managedIdentity.failed, 'CredentialUnavailableError')
  assert.match(told.managedIdentity.message, /Identity not found/)
  assert.equal(told.byDefault.failed, 'AggregateAuthenticationError')
  assert.match(
    told.byDefault.message,
    /ManagedIdentityCredential: .*Identity not found[^]*AzureCliCredential|Please run 'az login'/,
  )
})

test('@azure/identity: an application of the world file signs in with the secret that `--as` lends', async () => {
  const told = await runProgram<
    Record<'client' | 'fromEnvironment' | 'byDefault' | 'bySecret', string> &
      Record<'wrongSecret' | 'wrongTenant' | 'unknownApplication', Failure>
  >('application.ts', ['--vm', 'web-1', '--as', 'deployer'])
  assert.match(told.client, /^[\da-f-]{36}$/)
  assert.deepEqual([told.fromEnvironment, told.byDefault, told.bySecret], [told.client, told.client, told.client])
  const causes = { wrongSecret: 'AADSTS7000215', wrongTenant: 'AADSTS90002', unknownApplication: 'AADSTS700016' } as const
  for (const [name, cause] of Object.entries(causes)) {
    const refused = told[name as keyof typeof causes]
    assert.equal(refused.failed, 'AuthenticationRequiredError')
    assert.match(refused.message, new RegExp(`${cause}: .*Trace ID: .*Correlation ID: `))
  }
})

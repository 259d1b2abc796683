import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { stringify } from 'yaml'
import { selfSignedCertificate } from '../support/self-signed-certificate.ts'
import type { Failure } from './programs/story.ts'
import { runProgram } from './run-program.ts'

let folder = ''
before(() => (folder = mkdtempSync(path.join(tmpdir(), 'lanyard-federation-'))))
after(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, text: string) => {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return file
}

const clientId = '33333333-3333-4333-8333-333333333333'
const world = (application: object) =>
  write(
    'world.yaml',
    stringify({
      subscriptions: [
        {
          name: 'SDK tests',
          id: '6c616e79-6172-4400-8000-0000000000d1',
          resourceGroups: [
            {
              name: 'lanyard',
              userAssignedIdentities: [
                {
                  name: 'pod',
                  federatedCredentials: [{ name: 'cluster', cluster: 'aks-1', subject: 'system:serviceaccount:shop:orders' }],
                },
              ],
              machines: [{ name: 'aks-1', host: 'aks', serviceAccount: 'shop:orders' }],
            },
          ],
        },
      ],
      applications: [{ name: 'orders', clientId, ...application }],
      roleAssignments: [{ role: 'Owner', principal: { userAssignedIdentity: 'pod' }, scope: '/' }],
    }),
  )

test('@azure/identity in a pod: WorkloadIdentityCredential is the identity that its service account is federated with', async () => {
  const told = await runProgram<
    Record<'workload' | 'byDefault' | 'shown', string> &
      Record<'otherIdentity' | 'byAssertion' | 'repeated', Failure> & { listed: string[]; left: string[]; made: { name: string } }
  >('workload-identity.ts', ['--vm', 'aks-1'], world({}))
  assert.deepEqual([told.workload, told.byDefault], ['pod', 'pod'])
  assert.match(told.otherIdentity.message, /AADSTS700211/)
  assert.match(told.byAssertion.message, /AADSTS700211/)
  assert.equal(told.made.name, 'github')
  assert.match(told.repeated.message, /Issuer and subject combination already exists/)
  assert.deepEqual([told.listed.toSorted(), told.shown, told.left], [['cluster', 'github'], 's', ['cluster']])
})

test('@azure/identity: ClientCertificateCredential, and the environment of one', async () => {
  const [own, stranger] = [await selfSignedCertificate(), await selfSignedCertificate()]
  const pem = ({ certificate, privateKey }: typeof own) => `${privateKey}${certificate}\n`
  const environment = {
    LANYARD_TEST_TENANT: 'lanyard.onmicrosoft.com',
    LANYARD_TEST_PEM: write('own.pem', pem(own)),
    LANYARD_TEST_STRANGER: write('stranger.pem', pem(stranger)),
  }
  const told = await runProgram<Record<'certificate' | 'fromEnvironment', string> & { stranger: Failure }>(
    'certificate.ts',
    ['--vm', 'aks-1'],
    world({ certificates: [own.certificate] }),
    environment,
  )
  assert.deepEqual([told.certificate, told.fromEnvironment], ['2', '2'])
  assert.match(told.stranger.message, /AADSTS700027/)
})

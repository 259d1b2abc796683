import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { pino } from 'pino'
import { openSession, startPlatform } from '../../src/server/index.ts'
import { worldSchema } from '../../src/world/world-schema.ts'
import { callPlatform } from '../support/call-platform.ts'
import { selfSignedCertificate } from '../support/self-signed-certificate.ts'

const secret = 'a secret that nobody may find'
const wrongSecret = 'a wrong secret that nobody may find'
const subscription = '6c616e79-6172-4400-8000-0000000000f7'
const world = worldSchema.parse({
  subscriptions: [
    {
      name: 'S',
      id: subscription,
      resourceGroups: [{ name: 'lanyard', virtualMachines: [{ name: 'web-1' }], machines: [{ name: 'fn', host: 'functions' }] }],
    },
  ],
  applications: [{ name: 'orders', clientId: '33333333-3333-4333-8333-333333333333', secret }],
  roleAssignments: [{ role: 'Owner', principal: { application: 'orders' }, scope: '/' }],
})

test('no token, secret or key ever stands in the logs or in what the platform prints, whatever is done and refused', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-no-secret-'))
  const printed: string[] = []
  const platform = await startPlatform({
    dataPath: path.join(folder, 'data'),
    world,
    offline: true,
    proxyForUrl: () => '',
    logger: pino({ level: 'trace' }, { write: (line: string) => void printed.push(line) }),
  })
  const https = await platform.gateway.listenHttps({ port: 0 })
  const session = await openSession(platform, { machine: 'fn', resourceGroup: undefined, application: 'orders' })
  const secrets = [secret, wrongSecret, session.facts.application?.secret ?? '']
  const tokens: string[] = []
  try {
    const address = { url: https.url, certificateAuthority: platform.certificates.certificate }
    const metadata = await platform.gateway.listenMetadata({ machineId: session.facts.machineId, port: 0 })
    const tokenOf = async (response: Promise<Response>) => {
      const { access_token } = (await (await response).json()) as { access_token: string }
      tokens.push(access_token)
      return access_token
    }
    const ask = (query: string) =>
      fetch(`${metadata.url}/metadata/identity/oauth2/token?api-version=2018-02-01&${query}`, { headers: { Metadata: 'true' } })
    await tokenOf(ask('resource=https://management.azure.com/'))
    await ask('resource=https://management.azure.com/&client_id=none')
    // The secret of a host, right and wrong.
    const { IDENTITY_ENDPOINT: host = '', IDENTITY_HEADER: hostSecret = '' } = session.facts.environment
    secrets.push(hostSecret, 'a wrong host secret that nobody may find')
    const askHost = (header: string) =>
      fetch(`${host}?api-version=2019-08-01&resource=https://vault.azure.net`, { headers: { 'X-IDENTITY-HEADER': header } })
    await tokenOf(askHost(hostSecret))
    await askHost('a wrong host secret that nobody may find')
    const { privateKey } = await selfSignedCertificate()
    secrets.push(privateKey.split('\n')[1] ?? '')
    const form = async (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
      callPlatform(address, 'POST', `/${platform.tenantId}/oauth2/v2.0/token`, {
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: '33333333-3333-4333-8333-333333333333',
          scope: 'https://management.azure.com/.default',
          ...fields,
        }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      })
    const token = (await form({ client_secret: secret })).json<{ access_token: string }>().access_token
    tokens.push(token)
    await form({ client_secret: wrongSecret })
    await form(
      {},
      { authorization: `Basic ${Buffer.from(`33333333-3333-4333-8333-333333333333:${wrongSecret}`).toString('base64')}` },
    )
    secrets.push(Buffer.from(`33333333-3333-4333-8333-333333333333:${wrongSecret}`).toString('base64'))
    await form({ client_assertion: token, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' })
    const call = (method: string, target: string, as: string, body?: string) =>
      callPlatform(
        address,
        method,
        `${target}?api-version=2024-11-01&access_token=${as}&sig=${wrongSecret.replaceAll(' ', '-')}`,
        { token: as, ...(body !== undefined && { body }) },
      )
    secrets.push(wrongSecret.replaceAll(' ', '-'))
    const storage = `/subscriptions/${subscription}/resourceGroups/lanyard/providers/Microsoft.Storage/storageAccounts/s`
    await call('PUT', storage, token, JSON.stringify({ location: 'westeurope', properties: { password: secret } }))
    await call('PUT', storage, tokens[0] ?? '', '{}')
    await call('DELETE', storage, `${token}x`)
    await callPlatform(address, 'GET', '/v1.0/servicePrincipals', { token })
    const lent = await platform.issueAdministratorToken({ resource: 'https://management.azure.com/', lifetimeSeconds: 60 })
    tokens.push(lent.accessToken)
    await metadata.close()
  } finally {
    await Promise.all([https.close(), session.close()])
    await platform.close()
  }
  try {
    const files = readdirSync(path.join(folder, 'data')).filter((name) => name.startsWith('logs.db'))
    assert.ok(files.includes('logs.db'))
    const kept = Buffer.concat(files.map((name) => readFileSync(path.join(folder, 'data', name)))).toString('latin1')
    assert.ok(kept.includes('AuthorizationFailed') && kept.includes('AADSTS7000215'), 'the scenario is in the logs')
    const signatures = tokens.map((token) => token.split('.')[2] ?? '')
    assert.ok(signatures.length === 4 && signatures.every((signature) => signature.length > 300))
    for (const hidden of [...signatures, ...secrets]) {
      const name = createHash('sha256').update(hidden).digest('hex').slice(0, 8)
      assert.ok(hidden.length > 20 && !kept.includes(hidden), `hidden text ${name} stands in the logs`)
      assert.ok(!printed.join('').includes(hidden), `hidden text ${name} was printed`)
    }
    // Nor may what would be a token with any signature: header and payload together.
    for (const token of tokens) assert.ok(!kept.includes(token.slice(0, token.lastIndexOf('.'))))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

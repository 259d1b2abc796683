import assert from 'node:assert/strict'
import { createHash, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import type { ServicePrincipal } from '../directory/service-principal.ts'
import { createTokenAuthority } from './create-token-authority.ts'
import type { SigningKeyStore, StoredSigningKey } from './signing-key.ts'
import { TokenRejectedError } from './token-authority.ts'

const tenantId = '11111111-1111-4111-8111-111111111111'
const resource = 'https://management.azure.com/'
const day = 86_400_000
const principal: ServicePrincipal = {
  objectId: '22222222-2222-4222-8222-222222222222',
  clientId: '33333333-3333-4333-8333-333333333333',
  displayName: 'web-1',
  kind: 'systemAssigned',
  managedBy: '/subscriptions/s/resourceGroups/Web/providers/Microsoft.Compute/virtualMachines/Web-1',
  createdAt: 0,
}

function memoryStore(keys: StoredSigningKey[] = []): SigningKeyStore & { keys: StoredSigningKey[] } {
  return {
    keys,
    listSigningKeys: async () => [...keys].sort((one, other) => one.activeFrom - other.activeFrom),
    insertSigningKey: async (key) => void keys.push(key),
    deleteSigningKey: async (kid) =>
      void keys.splice(
        keys.findIndex((key) => key.kid === kid),
        1,
      ),
  }
}

function arrange(store = memoryStore(), encryptionKey = new Uint8Array(32).fill(1)) {
  const time = { now: Date.UTC(2026, 0, 1) }
  const authority = createTokenAuthority({
    tenantId,
    signingKeys: store,
    encryptionKey,
    clock: () => time.now,
    newGuid: () => crypto.randomUUID(),
  })
  return { authority, store, time }
}

const rejects = (promise: Promise<unknown>, reason: string) =>
  assert.rejects(promise, (error) => error instanceof TokenRejectedError && error.reason === reason)

test('a token verifies against the published key, with the claims of a managed identity', async () => {
  const { authority, time, store } = arrange()
  const { accessToken, expiresAt } = await authority.issue({ principal, resource, requestedBy: '/x/resourceGroups/Y' })
  const keys = await authority.publishedKeys()
  const { payload } = await jwtVerify(accessToken, createLocalJWKSet({ keys: keys as never }), {
    currentDate: new Date(time.now),
    issuer: `https://sts.windows.net/${tenantId}/`,
    audience: resource,
  })
  assert.equal(payload.sub, principal.objectId)
  assert.equal(payload['appidacr'], '2')
  assert.equal(payload['xms_mirid'], principal.managedBy?.replace('resourceGroups', 'resourcegroups'))
  assert.equal(payload['xms_az_rid'], '/x/resourcegroups/Y')
  assert.equal(payload.exp, (payload.iat ?? 0) + 86_400)
  assert.equal(payload.exp, expiresAt)
  const der = Buffer.from(keys[0]?.x5c[0] ?? '', 'base64')
  const certificate = new X509Certificate(der)
  assert.equal(certificate.verify(certificate.publicKey), true)
  const kid = createHash('sha1').update(der).digest('base64url')
  assert.deepEqual(decodeProtectedHeader(accessToken), { typ: 'JWT', alg: 'RS256', x5t: kid, kid })
  assert.doesNotMatch(JSON.stringify(store.keys), /PRIVATE/)
})

test('callers at the same time share one key, and one cached token', async () => {
  const { authority, store } = arrange()
  const [one, other] = await Promise.all([
    authority.issueCached({ principal, resource }),
    authority.issueCached({ principal, resource }),
    authority.prepare(),
    authority.publishedKeys(),
  ])
  assert.equal(one, other)
  assert.equal(store.keys.length, 1)
})

test('a cached token is renewed when five minutes and a tenth of its life are left', async () => {
  const { authority, time } = arrange()
  const first = await authority.issueCached({ principal, resource })
  const renewal = day - 300_000 - day / 10
  time.now += renewal
  assert.equal(await authority.issueCached({ principal, resource }), first)
  time.now += 1000
  assert.notEqual(await authority.issueCached({ principal, resource }), first)
  assert.notEqual(
    await authority.issueCached({ principal, resource, requestedBy: '/vm' }),
    await authority.issueCached({ principal, resource }),
  )
})

test('verification tells why a token is rejected', async () => {
  const { authority, time } = arrange()
  const { accessToken } = await authority.issue({ principal, resource })
  const verified = await authority.verify(accessToken, ['https://MANAGEMENT.azure.com'])
  assert.equal(verified.objectId, principal.objectId)
  assert.equal(verified.audience, resource)
  await rejects(authority.verify(accessToken, ['https://graph.microsoft.com']), 'audience')
  await rejects(authority.verify('nonsense', [resource]), 'malformed')
  await rejects(authority.verify(`${accessToken.slice(0, -8)}AAAAAAAA`, [resource]), 'signature')
  const { accessToken: foreign } = await arrange().authority.issue({ principal, resource })
  await rejects(authority.verify(foreign, [resource]), 'signature')
  time.now -= 301_000
  await rejects(authority.verify(accessToken, [resource]), 'notYetValid')
  time.now += 301_000 + day
  await rejects(authority.verify(accessToken, [resource]), 'expired')
})

test('another node on the same keys verifies, and a wrong encryption key opens nothing', async () => {
  const { authority, store } = arrange()
  const { accessToken } = await authority.issue({ principal, resource })
  assert.equal((await arrange(store).authority.verify(accessToken, [resource])).objectId, principal.objectId)
  const stranger = arrange(store, new Uint8Array(32).fill(2)).authority
  await assert.rejects(stranger.issue({ principal, resource }), { name: 'SigningKeyUnreadableError' })
})

test('the next key is published before it signs, and then signs', async () => {
  const { authority, time, store } = arrange()
  const before = decodeProtectedHeader((await authority.issue({ principal, resource })).accessToken).kid
  time.now += 28 * day
  await authority.prepare()
  assert.equal((await authority.publishedKeys()).length, 2)
  assert.equal(decodeProtectedHeader((await authority.issue({ principal, resource })).accessToken).kid, before)
  time.now += 2 * day
  const { accessToken } = await authority.issue({ principal, resource })
  assert.notEqual(decodeProtectedHeader(accessToken).kid, before)
  time.now += 2 * day
  await authority.prepare()
  assert.equal(store.keys.length, 1)
  assert.equal(decodeJwt(accessToken).aud, resource)
})

test('a clock that is moved while the first key is made finds a key of its own time', async () => {
  const store = memoryStore()
  const { authority, time } = arrange({
    ...store,
    insertSigningKey: async (key) => {
      if (store.keys.length === 0) time.now -= 300 * day
      await store.insertSigningKey(key)
    },
  })
  const { accessToken } = await authority.issue({ principal, resource })
  await authority.verify(accessToken, [resource])
  assert.equal(store.keys.length, 2)
})

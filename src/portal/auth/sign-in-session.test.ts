import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Reply, TransportRequest } from '../../api-client/transport.ts'
import { challengeOf } from './authorization-request.ts'
import { createSignInSession } from './sign-in-session.ts'

const tenant = 'd00f82a3-fea5-49a4-b708-74be3c6d7f73'
const origin = 'http://127.0.0.1:8480'
const now = Date.parse('2026-03-01T12:00:00Z')

/** A tab at an authority that hands out whatever the test says. */
function start(
  answer: (form: URLSearchParams) => { status?: number; body: object },
  kept: Readonly<Record<string, string>> = {},
) {
  const stored = new Map(Object.entries(kept))
  const left: URL[] = []
  const asked: URLSearchParams[] = []
  let seed = 0
  const session = createSignInSession({
    origin,
    redirectUri: `${origin}/`,
    tenant,
    transport: async ({ url, body = '' }: TransportRequest): Promise<Reply> => {
      assert.equal(url, `${origin}/${tenant}/oauth2/v2.0/token`)
      const form = new URLSearchParams(body)
      asked.push(form)
      const { status = 200, body: answered } = answer(form)
      return { status, statusText: '', headers: { get: () => null }, text: JSON.stringify(answered) }
    },
    storage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
    random: (bytes) => bytes.fill(++seed),
    clock: () => now,
    goTo: (url) => void left.push(new URL(url)),
    currentHash: () => '#virtual-machines',
  })
  return { session, stored, left, asked }
}

const idToken = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`

const tokensFor = (nonce: string | null, name = 'one') => ({
  access_token: name,
  expires_in: 3600,
  refresh_token: `refresh-${name}`,
  id_token: idToken({ nonce, oid: 'ada', name: 'Ada Lövelace', preferred_username: 'ada@lanyard.local' }),
})

test('a tab without a session leaves for the authority, and comes back to the page that was shown', async () => {
  let nonce: string | null = null
  const { session, stored, left, asked } = start(() => ({ body: tokensFor(nonce) }))
  assert.equal(await session.start(''), 'leaving')
  const query = left[0]?.searchParams
  assert.equal(left[0]?.pathname, `/${tenant}/oauth2/v2.0/authorize`)
  assert.equal(query?.get('redirect_uri'), `${origin}/`)
  assert.equal(query?.get('code_challenge_method'), 'S256')
  nonce = query?.get('nonce') ?? null
  const started = await session.start(`?code=abc&state=${query?.get('state')}`)
  assert.deepEqual(started, { returnTo: '#virtual-machines' })
  assert.deepEqual([asked[0]?.get('grant_type'), asked[0]?.get('code')], ['authorization_code', 'abc'])
  assert.equal(await challengeOf(asked[0]?.get('code_verifier') ?? ''), query?.get('code_challenge'))
  assert.deepEqual(session.user(), { objectId: 'ada', name: 'Ada Lövelace', userPrincipalName: 'ada@lanyard.local' })
  assert.deepEqual([...stored], [['lanyard.refresh-token', 'refresh-one']])
})

test('an answer that this tab did not ask for signs nobody in', async () => {
  const unasked = start(() => ({ body: tokensFor(null) }))
  await assert.rejects(unasked.session.start('?code=abc&state=made-up'), { name: 'SignInError' })
  assert.equal(unasked.asked.length, 0)

  const replayed = start(() => ({ body: tokensFor('another') }))
  await replayed.session.start('')
  await assert.rejects(replayed.session.start(`?code=abc&state=${replayed.left[0]?.searchParams.get('state')}`), {
    message: 'The answer of the authority was not made for this sign-in.',
  })
  assert.equal(replayed.stored.has('lanyard.refresh-token'), false)

  const refused = start(() => ({ body: {} }))
  await refused.session.start('')
  const state = refused.left[0]?.searchParams.get('state')
  await assert.rejects(refused.session.start(`?error=access_denied&error_description=No+such+user&state=${state}`), {
    message: 'No such user',
  })
})

test('a reload takes the session up; one refresh at a time, each with the token that the one before it brought', async () => {
  let count = 0
  const { session, asked } = start(() => ({ body: tokensFor(null, String(++count)) }), { 'lanyard.refresh-token': 'kept' })
  assert.deepEqual(await session.start(''), { returnTo: undefined })
  const [graph, again, vault] = await Promise.all(
    ['https://graph.microsoft.com/', 'https://graph.microsoft.com/', 'https://vault.azure.net'].map((resource) =>
      session.tokens(resource),
    ),
  )
  assert.equal(graph, again)
  assert.notEqual(graph, vault)
  assert.deepEqual(
    asked.map((form) => form.get('refresh_token')),
    ['kept', 'refresh-1', 'refresh-2'],
  )
  assert.equal(asked[1]?.get('scope'), 'https://graph.microsoft.com//.default openid profile offline_access')
})

test('two calls that were refused with the same token renew it once', async () => {
  let count = 0
  const { session, asked } = start(() => ({ body: tokensFor(null, String(++count)) }), { 'lanyard.refresh-token': 'kept' })
  await session.tokens('https://graph.microsoft.com/')
  const renewed = await Promise.all([1, 2].map(() => session.tokens('https://graph.microsoft.com/', { renew: true })))
  assert.deepEqual(
    renewed.map(({ accessToken }) => accessToken),
    ['2', '2'],
  )
  assert.equal(asked.length, 2)
})

test('a session that has ended leads to a new sign-in; so does signing out', async () => {
  const ended = start(() => ({ status: 400, body: { error: 'invalid_grant' } }), { 'lanyard.refresh-token': 'old' })
  const leaving = new Promise<void>((resolve) => {
    void ended.session.start('')
    const look = () => (ended.left.length > 0 ? resolve() : setImmediate(look))
    look()
  })
  await leaving
  assert.equal(ended.left[0]?.pathname, `/${tenant}/oauth2/v2.0/authorize`)
  assert.equal(ended.stored.has('lanyard.refresh-token'), false)

  const out = start(() => ({ body: tokensFor(null) }), { 'lanyard.refresh-token': 'kept' })
  await out.session.start('')
  out.session.signOut()
  assert.equal(out.left[0]?.pathname, `/${tenant}/oauth2/v2.0/logout`)
  assert.equal(out.left[0]?.searchParams.get('id_token_hint'), tokensFor(null).id_token)
  assert.equal(out.stored.size, 0)
  assert.equal(out.session.user(), undefined)
})

import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { decodeJwt } from 'jose'
import { defaultWorld } from '../../src/world/default-world.ts'
import { callPlatform } from '../support/call-platform.ts'
import { authorize, portalClientId, portalRequest, postForm, proofKey, readForm } from '../support/sign-in-user.ts'
import { startTestPlatform, type TestPlatform } from '../support/start-test-platform.ts'

// The authorization endpoint, its form, and the grants of users, answer by answer.
const ada = { name: 'ada@lanyard.local', password: 'only-for-tests' }
const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46'
const time = { now: Date.parse('2026-03-01T12:00:00Z') }
const minute = 60_000

let platform: TestPlatform
let portal: Awaited<ReturnType<TestPlatform['platform']['listenPortal']>>
let origin: string
let tenant: string
before(async () => {
  const world = {
    ...defaultWorld,
    users: [
      { name: 'Ada Lovelace', userPrincipalName: ada.name, password: ada.password },
      { name: 'Eve', userPrincipalName: 'eve@lanyard.local', password: 'only-for-tests' },
      { name: 'Bob', userPrincipalName: 'bob@lanyard.local' },
    ],
  }
  platform = await startTestPlatform(world, { clock: () => time.now })
  tenant = platform.platform.tenantId
  portal = await platform.platform.listenPortal({ port: 0 })
  origin = portal.url
})
after(async () => {
  await portal.close()
  await platform.close()
})

const tokenPath = () => `${origin}/${tenant}/oauth2/v2.0/token`
const authorizePath = (query: URLSearchParams, segment = tenant) => `${origin}/${segment}/oauth2/v2.0/authorize?${query}`
const open = (changes: Readonly<Record<string, string>>, segment = tenant) =>
  fetch(authorizePath(portalRequest(origin, proofKey().challenge, changes), segment), { redirect: 'manual' })

async function said(answer: Response): Promise<string> {
  const [, text = ''] = /role="alert"[^>]*>([^<]*)</.exec(await answer.text()) ?? []
  return text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
}

/** A code for the portal, and what it is redeemed with. */
async function newCode(changes: Readonly<Record<string, string>> = {}) {
  const { verifier, challenge } = proofKey()
  const led = await authorize(origin, tenant, portalRequest(origin, challenge, changes), ada.name, ada.password)
  const code = new URL(led.headers.get('location') ?? '').searchParams.get('code') ?? ''
  return {
    grant_type: 'authorization_code',
    client_id: portalClientId,
    redirect_uri: `${origin}/`,
    code,
    code_verifier: verifier,
  }
}

async function grant(form: Readonly<Record<string, string>>) {
  const answer = await postForm(tokenPath(), form)
  return { status: answer.status, body: (await answer.json()) as Readonly<Record<string, string>> }
}

/** Error and code that a grant is refused with. */
async function refused(form: Readonly<Record<string, string>>) {
  const { status, body } = await grant(form)
  return [status, body['error'], /^AADSTS\d+/.exec(body['error_description'] ?? '')?.[0]]
}

describe('the sign-in page', () => {
  test('is a form without script, that nobody may frame or keep', async () => {
    const answer = await open({ login_hint: '"><script>' })
    assert.equal(answer.status, 200)
    const html = await answer.text()
    assert.match(html, /to continue to Lanyard portal/)
    assert.match(html, /value="&#34;&#62;&#60;script&#62;"/)
    assert.doesNotMatch(html, /<script/)
    const policy = answer.headers.get('content-security-policy') ?? ''
    const [, nonce] = /style-src 'nonce-([^']+)'/.exec(policy) ?? []
    assert.ok(nonce !== undefined && html.includes(`<style nonce="${nonce}">`))
    for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", `form-action 'self' ${origin}`])
      assert.ok(policy.includes(rule), rule)
    assert.equal(answer.headers.get('x-frame-options'), 'DENY')
    assert.match(answer.headers.get('cache-control') ?? '', /no-store/)
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
  })

  for (const [what, changes, text] of [
    ['no client', { client_id: '' }, /^AADSTS900144: .*'client_id'/],
    ['an unknown client', { client_id: azureCli.replace('0', '1') }, /^AADSTS700016: /],
    ['no redirect URI', { redirect_uri: '' }, /^AADSTS900971: No reply address provided\./],
    [
      'another redirect URI',
      { redirect_uri: 'https://evil.example/' },
      /^AADSTS50011: The redirect URI 'https:\/\/evil\.example\/'/,
    ],
    ['a state that is too long', { state: 'x'.repeat(5000) }, /^AADSTS9002313: /],
  ] as const) {
    test(`${what} is told to the user, and leads nowhere`, async () => {
      const answer = await open(changes)
      assert.deepEqual([answer.status, answer.headers.get('location')], [400, null])
      assert.match(await said(answer), text)
    })
  }

  test('a redirect URI is compared whole', async () => {
    for (const redirect of [
      origin,
      `${origin}/x`,
      `${origin}/?`,
      `${origin}//`,
      origin.replace('http', 'https'),
      `${origin}@evil.example/`,
    ])
      assert.match(await said(await open({ redirect_uri: redirect })), /^AADSTS50011: /, redirect)
    const other = origin.replace('127.0.0.1', 'localhost')
    assert.equal((await open({ redirect_uri: `${other}/` })).status, 200)
  })

  test('a parameter that stands twice, and a tenant that is not here', async () => {
    const twice = portalRequest(origin, proofKey().challenge)
    twice.append('state', 'b')
    assert.match(await said(await fetch(authorizePath(twice))), /^AADSTS9000411: .*'state' is duplicated/)
    assert.match(await said(await open({}, 'consumers')), /^AADSTS9002332: /)
    assert.match(await said(await open({}, 'contoso.com')), /^AADSTS90002: /)
    assert.match(await said(await open({}, 'nonsense')), /^AADSTS900023: /)
    assert.equal((await open({}, 'organizations')).status, 200)
  })

  for (const [what, changes, error, code] of [
    ['no response type', { response_type: '' }, 'invalid_request', 900144],
    ['an implicit response type', { response_type: 'token' }, 'unsupported_response_type', 700051],
    ['an ID token at once', { response_type: 'code id_token' }, 'unsupported_response_type', 700054],
    ['another response mode', { response_mode: 'web_message' }, 'invalid_request', 70007],
    ['no proof key', { code_challenge: '' }, 'invalid_request', 9002325],
    ['a proof key in clear', { code_challenge_method: 'plain' }, 'invalid_request', 9002313],
    ['a proof key that is none', { code_challenge: 'short' }, 'invalid_request', 50147],
    ['no scope', { scope: '' }, 'invalid_request', 900144],
    [
      'two resources',
      { scope: 'https://management.azure.com/.default https://vault.azure.net/.default' },
      'invalid_request',
      28000,
    ],
    ['an unknown resource', { scope: 'api://nobody/.default' }, 'invalid_resource', 500011],
    ['an unknown scope', { scope: 'https://management.azure.com/fly' }, 'invalid_client', 650053],
    [
      '.default beside another',
      { scope: 'https://management.azure.com/.default https://management.azure.com/user_impersonation' },
      'invalid_scope',
      70011,
    ],
    ['a scope that is none', { scope: 'http://' }, 'invalid_scope', 70011],
    ['no prompt, and nobody signed in', { prompt: 'none' }, 'login_required', 50058],
    ['an unknown prompt', { prompt: 'dance' }, 'invalid_request', 90023],
  ] as const) {
    test(`${what} is told to the client, with its state`, async () => {
      const answer = await open(changes)
      const location = new URL(answer.headers.get('location') ?? '')
      assert.equal(answer.status, 303)
      assert.equal(location.origin, origin)
      const { searchParams } = location
      assert.deepEqual([searchParams.get('error'), searchParams.get('state')], [error, 'the state'])
      assert.match(searchParams.get('error_description') ?? '', new RegExp(`^AADSTS${code}: .* Trace ID: .* Timestamp: `))
    })
  }

  test('may be asked for by POST, and answers in the fragment or by a form as well', async () => {
    const request = Object.fromEntries(portalRequest(origin, proofKey().challenge, { prompt: 'none', response_mode: 'fragment' }))
    const byPost = await postForm(`${origin}/${tenant}/oauth2/v2.0/authorize`, request)
    const { hash } = new URL(byPost.headers.get('location') ?? '')
    assert.equal(new URLSearchParams(hash.slice(1)).get('error'), 'login_required')

    const asForm = await authorize(
      origin,
      tenant,
      portalRequest(origin, proofKey().challenge, { response_mode: 'form_post', state: '<&">' }),
      ada.name,
      ada.password,
    )
    assert.equal(asForm.status, 200)
    const { action, fields } = readForm(await asForm.text())
    assert.deepEqual([action, fields['state'], typeof fields['code']], [`${origin}/`, '<&">', 'string'])
  })
})

describe('signing in by the form', () => {
  const submit = async (login: string, passwd: string, headers: Readonly<Record<string, string>> = { origin }) => {
    const { action, fields } = readForm(await (await open({})).text())
    return postForm(`${origin}${action}`, { ...fields, login, passwd }, headers)
  }

  test('leads back with a code and the state', async () => {
    const answer = await submit(` ${ada.name.toUpperCase()} `, ada.password)
    assert.equal(answer.status, 303)
    const { searchParams } = new URL(answer.headers.get('location') ?? '')
    assert.equal(searchParams.get('state'), 'the state')
    assert.match(searchParams.get('code') ?? '', /^[\w-]{43}$/)
  })

  test('a wrong password and an unknown user are told, and the form is there again', async () => {
    for (const [name, password, text] of [
      [ada.name, 'wrong', /^AADSTS50126: Error validating credentials due to invalid username or password\.$/],
      [ada.name, '', /^AADSTS50126: /],
      ['nobody@lanyard.local', 'x', /^AADSTS50034: The user account nobody@lanyard\.local does not exist in the .* directory\./],
    ] as const) {
      const answer = await submit(name, password)
      assert.equal(answer.headers.get('location'), null)
      const html = await answer.text()
      assert.ok(html.includes(`value="${name}"`))
      assert.match(await said(new Response(html)), text)
    }
    assert.equal((await submit(ada.name, ada.password)).status, 303)
  })

  test('a user without a password signs in with the code of this start alone', async () => {
    assert.match(await said(await submit('bob@lanyard.local', 'undefined')), /^AADSTS50126: /)
    const code = platform.platform.renewSignInCode()
    assert.equal((await submit('bob@lanyard.local', code)).status, 303)
    assert.equal((await submit('administrator@lanyard.local', code)).status, 303)
    assert.match(await said(await submit(ada.name, code)), /^AADSTS50126: /)
    platform.platform.renewSignInCode()
    assert.match(await said(await submit('bob@lanyard.local', code)), /^AADSTS50126: /)
  })

  test('a form of another page signs nobody in', async () => {
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const answer = await submit(ada.name, ada.password, headers)
      assert.equal(answer.status, 403)
    }
  })

  test('the authority itself refuses it too, where no portal stands before it', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' }
    const refusal = await callPlatform(platform, 'POST', `/${tenant}/login`, { body: 'ctx=x&login=a&passwd=b', headers })
    assert.equal(refusal.status, 400)
    assert.match(refusal.text, /AADSTS165000: /)
  })

  test('a form works once, and for a quarter of an hour', async () => {
    const { action, fields } = readForm(await (await open({})).text())
    const send = () => postForm(`${origin}${action}`, { ...fields, login: ada.name, passwd: ada.password }, { origin })
    assert.equal((await send()).status, 303)
    assert.match(await said(await send()), /^AADSTS50089: /)
    const later = readForm(await (await open({})).text())
    time.now += 15 * minute
    const late = await postForm(`${origin}${action}`, { ...later.fields, login: ada.name, passwd: ada.password }, { origin })
    assert.match(await said(late), /^AADSTS50089: /)
    assert.match(
      await said(await postForm(`${origin}${action}`, { ctx: 'made up', login: 'a', passwd: 'b' }, { origin })),
      /^AADSTS50089: /,
    )
  })

  test('ten wrong passwords lock the account for a minute, and the eleventh for two', async () => {
    const eve = 'eve@lanyard.local'
    for (let n = 1; n <= 10; n++) assert.match(await said(await submit(eve, 'wrong')), /^AADSTS50126: /)
    assert.match(await said(await submit(eve, 'only-for-tests')), /^AADSTS50053: The account is locked/)
    assert.equal((await submit(ada.name, ada.password)).status, 303)
    time.now += minute
    assert.match(await said(await submit(eve, 'wrong')), /^AADSTS50126: /)
    time.now += minute
    assert.match(await said(await submit(eve, 'only-for-tests')), /^AADSTS50053: /)
    time.now += minute
    assert.equal((await submit(eve, 'only-for-tests')).status, 303)
  })
})

describe('the grant of an authorization code', () => {
  test('answers with tokens in the shape of Entra', async () => {
    const { status, body } = await grant({ ...(await newCode()), client_info: '1' })
    assert.equal(status, 200)
    const { access_token, refresh_token, id_token, client_info, ...rest } = body
    assert.deepEqual(rest, {
      token_type: 'Bearer',
      scope: 'openid profile https://management.azure.com/user_impersonation https://management.azure.com/.default',
      expires_in: 4500,
      ext_expires_in: 4500,
    })
    assert.match(refresh_token ?? '', /^1\.[\w-]{70,}$/)
    const { oid, sub, sid, iat, exp, ...others } = decodeJwt(access_token ?? '')
    const unique = new Set(['aio', 'rh', 'uti', 'nbf'])
    const claims = Object.fromEntries(Object.entries(others).filter(([name]) => !unique.has(name)))
    assert.deepEqual(claims, {
      aud: 'https://management.azure.com',
      iss: `https://sts.windows.net/${tenant}/`,
      acr: '1',
      amr: ['pwd'],
      appid: portalClientId,
      appidacr: '0',
      idtyp: 'user',
      name: 'Ada Lovelace',
      scp: 'user_impersonation',
      tid: tenant,
      unique_name: ada.name,
      upn: ada.name,
      ver: '1.0',
    })
    assert.equal(Number(exp) - Number(iat), 4500)
    const identity = decodeJwt(id_token ?? '')
    assert.deepEqual(
      [identity['oid'], identity.sub, identity['sid'], identity['nonce'], identity.aud],
      [oid, sub, sid, 'the nonce', portalClientId],
    )
    assert.deepEqual(JSON.parse(Buffer.from(client_info ?? '', 'base64url').toString()), { uid: oid, utid: tenant })
  })

  test('gives what was asked for alone: no ID token, no refresh token; OpenID Connect alone means Graph', async () => {
    const { body } = await grant(await newCode({ scope: 'https://vault.azure.net/user_impersonation' }))
    assert.deepEqual([body['id_token'], body['refresh_token']], [undefined, undefined])
    assert.equal(decodeJwt(body['access_token'] ?? '').aud, 'https://vault.azure.net')
    const openid = await grant(await newCode({ scope: 'openid' }))
    assert.equal(decodeJwt(openid.body['access_token'] ?? '').aud, 'https://graph.microsoft.com')
  })

  for (const [what, changes, error, code] of [
    ['no verifier', { code_verifier: '' }, 'invalid_request', 'AADSTS900144'],
    ['another verifier', { code_verifier: proofKey().verifier }, 'invalid_grant', 'AADSTS501481'],
    ['another redirect URI', { redirect_uri: 'http://localhost/' }, 'invalid_grant', 'AADSTS500112'],
    ['another client', { client_id: azureCli }, 'invalid_grant', 'AADSTS70000'],
    ['a code that is made up', { code: 'made-up' }, 'invalid_grant', 'AADSTS70000'],
  ] as const) {
    test(`is refused for ${what}`, async () => {
      assert.deepEqual(await refused({ ...(await newCode()), ...changes }), [400, error, code])
    })
  }

  test('is refused for a client that is unknown, or that shows a secret', async () => {
    const form = await newCode()
    assert.deepEqual(await refused({ ...form, client_id: 'x' }), [400, 'unauthorized_client', 'AADSTS700016'])
    assert.deepEqual(await refused({ ...form, client_secret: 'x' }), [401, 'invalid_client', 'AADSTS700025'])
  })

  test('is given once: the second time ends the session of the first', async () => {
    const form = await newCode()
    const { body } = await grant(form)
    assert.deepEqual(await refused(form), [400, 'invalid_grant', 'AADSTS54005'])
    const refresh = { grant_type: 'refresh_token', client_id: portalClientId, refresh_token: body['refresh_token'] ?? '' }
    assert.deepEqual(await refused(refresh), [400, 'invalid_grant', 'AADSTS70000'])
  })

  test('is late after ten minutes', async () => {
    const form = await newCode()
    time.now += 10 * minute
    assert.deepEqual(await refused(form), [400, 'invalid_grant', 'AADSTS70008'])
  })

  test('is no grant of version 1.0, nor of the personal accounts', async () => {
    const form = await newCode()
    const v1 = await postForm(`${origin}/${tenant}/oauth2/token`, form)
    assert.equal(((await v1.json()) as { error: string }).error, 'unsupported_grant_type')
    const consumers = await postForm(`${origin}/consumers/oauth2/v2.0/token`, form)
    assert.match(((await consumers.json()) as { error_description: string }).error_description, /^AADSTS9002332: /)
  })

  test('serves a program on this machine, at any port', async () => {
    const { verifier, challenge } = proofKey()
    const redirect = 'http://localhost:49152/'
    const request = portalRequest(origin, challenge, { client_id: azureCli, redirect_uri: redirect })
    const led = await authorize(origin, 'organizations', request, ada.name, ada.password)
    const location = led.headers.get('location') ?? ''
    assert.ok(location.startsWith(redirect), location)
    const code = new URL(location).searchParams.get('code') ?? ''
    const answer = await postForm(`${origin}/organizations/oauth2/v2.0/token`, {
      grant_type: 'authorization_code',
      client_id: azureCli,
      redirect_uri: redirect,
      code,
      code_verifier: verifier,
    })
    assert.equal(answer.status, 200)
    for (const wrong of [
      'http://localhost.example/',
      'https://localhost/',
      'http://user@localhost/',
      'http://10.0.0.1/',
      'http:localhost/',
    ])
      assert.match(await said(await open({ client_id: azureCli, redirect_uri: wrong })), /^AADSTS50011: /, wrong)
  })
})

describe('the grant of a refresh token', () => {
  let form: Readonly<Record<string, string>>
  beforeEach(async () => {
    const { body } = await grant(await newCode())
    form = { grant_type: 'refresh_token', client_id: portalClientId, refresh_token: body['refresh_token'] ?? '' }
  })

  test('renews what was asked for, or gives a token for something else', async () => {
    const same = await grant(form)
    assert.equal(decodeJwt(same.body['access_token'] ?? '').aud, 'https://management.azure.com')
    assert.notEqual(same.body['refresh_token'], form['refresh_token'])
    const scope = 'https://graph.microsoft.com//.default openid offline_access'
    const other = await grant({ ...form, refresh_token: same.body['refresh_token'] ?? '', scope })
    assert.equal(decodeJwt(other.body['access_token'] ?? '').aud, 'https://graph.microsoft.com/')
  })

  test('that was used before ends the session', async () => {
    const { body } = await grant(form)
    assert.deepEqual(await refused(form), [400, 'invalid_grant', 'AADSTS50173'])
    const next = { ...form, refresh_token: body['refresh_token'] ?? '' }
    assert.deepEqual(await refused(next), [400, 'invalid_grant', 'AADSTS70000'])
  })

  test('is refused for another client, for nothing, and for what is none', async () => {
    assert.deepEqual(await refused({ ...form, client_id: azureCli }), [400, 'invalid_grant', 'AADSTS70000'])
    assert.deepEqual(await refused({ ...form, refresh_token: '' }), [400, 'invalid_request', 'AADSTS900144'])
    for (const token of ['x', '1.', `1.${'A'.repeat(75)}`])
      assert.deepEqual(await refused({ ...form, refresh_token: token }), [400, 'invalid_grant', 'AADSTS70000'])
    assert.equal((await grant(form)).status, 200)
  })

  test('ends a day after the sign-in, however often it was renewed', async () => {
    time.now += 20 * 60 * minute
    const { body } = await grant(form)
    time.now += 4 * 60 * minute
    const next = { ...form, refresh_token: body['refresh_token'] ?? '' }
    assert.deepEqual(await refused(next), [400, 'invalid_grant', 'AADSTS70043'])
  })
})

describe('signing out', () => {
  const logout = (query: Readonly<Record<string, string>>) =>
    fetch(`${origin}/${tenant}/oauth2/v2.0/logout?${new URLSearchParams(query)}`, { redirect: 'manual' })

  test('leads to the portal alone, and else shows a page', async () => {
    assert.equal((await logout({ post_logout_redirect_uri: `${origin}/` })).headers.get('location'), `${origin}/`)
    for (const target of ['https://evil.example/', `${origin}/x`, 'javascript:alert(1)', '']) {
      const answer = await logout({ post_logout_redirect_uri: target })
      assert.deepEqual([answer.status, answer.headers.get('location')], [200, null])
      assert.match(await answer.text(), /You signed out of your account/)
    }
  })

  test('ends the session of the ID token, also when that has expired; a token that is changed ends nothing', async () => {
    const { body } = await grant(await newCode())
    const refresh = { grant_type: 'refresh_token', client_id: portalClientId, refresh_token: body['refresh_token'] ?? '' }
    const hint = body['id_token'] ?? ''
    const [head, payload, signature] = hint.split('.')
    const other = Buffer.from(JSON.stringify({ ...decodeJwt(hint), name: 'x' })).toString('base64url')
    for (const wrong of ['x', `${head}.${other}.${signature}`, `${head}.${payload}.`, body['access_token'] ?? ''])
      await logout({ id_token_hint: wrong })
    const again = await grant(refresh)
    assert.equal(again.status, 200)
    time.now += 120 * minute
    await logout({ id_token_hint: hint })
    const dead = { ...refresh, refresh_token: again.body['refresh_token'] ?? '' }
    assert.deepEqual(await refused(dead), [400, 'invalid_grant', 'AADSTS70000'])
  })
})

describe('the grant of a password', () => {
  const form = {
    grant_type: 'password',
    client_id: azureCli,
    username: ada.name,
    password: ada.password,
    scope: 'https://management.core.windows.net//.default offline_access openid profile',
  }
  const send = async (changes: Readonly<Record<string, string>> = {}) => {
    const answer = await postForm(`${origin}/organizations/oauth2/v2.0/token`, { ...form, ...changes })
    return (await answer.json()) as Readonly<Record<string, string>>
  }

  test('is told of by realm discovery, and gives tokens', async () => {
    const realm = await fetch(`${origin}/common/UserRealm/${ada.name}?api-version=1.0`)
    assert.deepEqual(await realm.json(), {
      ver: '1.0',
      account_type: 'Managed',
      domain_name: 'lanyard.local',
      cloud_instance_name: 'microsoftonline.com',
      cloud_audience_urn: 'urn:federation:MicrosoftOnline',
    })
    const { access_token } = await send()
    const { aud, upn, appid } = decodeJwt(access_token ?? '')
    assert.deepEqual([aud, upn, appid], ['https://management.core.windows.net/', ada.name, azureCli])
  })

  test('leaves a refresh token that several processes may share', async () => {
    const { refresh_token: shared = '' } = await send()
    const refresh = { grant_type: 'refresh_token', client_id: azureCli, refresh_token: shared }
    const answers = await Promise.all([grant(refresh), grant(refresh)])
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body['refresh_token']]),
      [
        [200, shared],
        [200, shared],
      ],
    )
  })

  test('is refused as on the page', async () => {
    for (const [changes, code] of [
      [{ password: 'wrong' }, /^AADSTS50126: /],
      [{ username: 'nobody@lanyard.local' }, /^AADSTS50034: /],
      [{ password: '' }, /^AADSTS900144: .*'password'/],
      [{ scope: '' }, /^AADSTS900144: .*'scope'/],
    ] as const)
      assert.match((await send(changes))['error_description'] ?? '', code)
  })
})

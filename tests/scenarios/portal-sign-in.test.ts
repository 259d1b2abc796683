import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { decodeJwt } from 'jose'
import {
  authorize,
  callWith,
  portalClientId,
  portalRequest,
  postForm,
  proofKey,
  signInUser,
  type UserTokens,
} from '../support/sign-in-user.ts'
import { startTestPlatform, type TestPlatform } from '../support/start-test-platform.ts'

// A person signs in to the portal as the administrator, by the form and with the code that `lanyard up` prints, and out again.
let platform: TestPlatform
let portal: Awaited<ReturnType<TestPlatform['platform']['listenPortal']>>
let origin: string
let tenant: string
let tokens: UserTokens
before(async () => {
  platform = await startTestPlatform()
  tenant = platform.platform.tenantId
  portal = await platform.platform.listenPortal({ port: 0 })
  origin = portal.url
})
after(async () => {
  await portal.close()
  await platform.close()
})

const refresh = (refreshToken: string, scope: string) =>
  postForm(`${origin}/${tenant}/oauth2/v2.0/token`, {
    grant_type: 'refresh_token',
    client_id: portalClientId,
    refresh_token: refreshToken,
    scope,
  })

describe('signing in to the portal', () => {
  test('the administrator signs in with the code of this start', async () => {
    tokens = await signInUser(origin, tenant, 'administrator@lanyard.local', platform.platform.renewSignInCode())
    const { upn, scp, idtyp, tid } = decodeJwt(tokens.access_token)
    assert.deepEqual([upn, scp, idtyp, tid], ['administrator@lanyard.local', 'user_impersonation', 'user', tenant])
    const { nonce, aud, preferred_username } = decodeJwt(tokens.id_token)
    assert.deepEqual([nonce, aud, preferred_username], ['the nonce', portalClientId, 'administrator@lanyard.local'])
  })

  test('the resource manager knows the administrator as owner of everything', async () => {
    const { status, body } = await callWith(`${origin}/subscriptions?api-version=2022-12-01`, tokens.access_token)
    const { value } = body as { value: { displayName: string }[] }
    assert.equal(status, 200)
    assert.deepEqual(
      value.map(({ displayName }) => displayName),
      ['Lanyard'],
    )
  })

  test('the refresh token gives a token for Graph, which knows who it is', async () => {
    const answer = (await (await refresh(tokens.refresh_token, 'https://graph.microsoft.com/.default')).json()) as UserTokens
    const { status, body } = await callWith(`${origin}/v1.0/me`, answer.access_token)
    const { userPrincipalName, displayName } = body as { userPrincipalName: string; displayName: string }
    assert.deepEqual([status, userPrincipalName, displayName], [200, 'administrator@lanyard.local', 'Administrator'])
    tokens = { ...tokens, refresh_token: answer.refresh_token }
  })

  test('the sign-in log tells of each token of the person, and of the password that was wrong', async () => {
    const request = portalRequest(origin, proofKey().challenge)
    const wrong = await authorize(origin, tenant, request, 'administrator@lanyard.local', 'wrong')
    assert.equal(wrong.headers.get('location'), null)
    const { refresh_token, access_token } = (await (
      await refresh(tokens.refresh_token, 'https://graph.microsoft.com/.default')
    ).json()) as UserTokens
    tokens = { ...tokens, refresh_token }
    const { status, body } = await callWith(`${origin}/beta/auditLogs/signIns`, access_token)
    assert.equal(status, 200)
    const { value } = body as {
      value: { userPrincipalName: string; signInEventTypes: string[]; status: { errorCode: number } }[]
    }
    assert.deepEqual(
      value.map((one) => [one.userPrincipalName, one.signInEventTypes[0], one.status.errorCode]),
      [
        ['administrator@lanyard.local', 'nonInteractiveUser', 0],
        ['administrator@lanyard.local', 'interactiveUser', 50126],
        ['administrator@lanyard.local', 'nonInteractiveUser', 0],
        ['administrator@lanyard.local', 'interactiveUser', 0],
      ],
    )
  })

  test('after the sign-out the refresh token is dead', async () => {
    const query = new URLSearchParams({ id_token_hint: tokens.id_token, post_logout_redirect_uri: `${origin}/`, state: 'x' })
    const out = await fetch(`${origin}/${tenant}/oauth2/v2.0/logout?${query}`, { redirect: 'manual' })
    assert.equal(out.headers.get('location'), `${origin}/?state=x`)
    const answer = await refresh(tokens.refresh_token, 'https://graph.microsoft.com/.default')
    assert.equal(answer.status, 400)
    assert.equal(((await answer.json()) as { error: string }).error, 'invalid_grant')
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutToken } from './without-token.ts'

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = `${part({ alg: 'RS256', kid: 'k' })}.${part({ aud: 'https://vault.azure.net' })}.c2lnbmF0dXJl`
const text = (value: unknown) => JSON.stringify(withoutToken(typeof value === 'string' ? value : JSON.stringify(value)))

test('in place of the token stands what it says', () => {
  assert.deepEqual(withoutToken(JSON.stringify({ access_token: token, token_type: 'Bearer' })), {
    access_token: { header: { alg: 'RS256', kid: 'k' }, claims: { aud: 'https://vault.azure.net' } },
    token_type: 'Bearer',
  })
})

test('no token gets out by another name, deeper down, in a text, or as one that cannot be read', () => {
  for (const body of [
    { refresh_token: token },
    { error: { detail: [`was ${token}`] } },
    [{ access_token: token }],
    token,
    `Bearer ${token} and more`,
    `{"access_token":"${token}`,
    { access_token: [token] },
    { access_token: `x.${part({ aud: 1 })}.c2lnbmF0dXJl` },
  ]) {
    assert.doesNotMatch(text(body), /c2lnbmF0dXJl|eyJhbGci/, JSON.stringify(body))
  }
})

test('what holds no token is left as it is', () => {
  for (const body of [
    { error: 'invalid_request', error_description: 'Identity not found' },
    [1, 'two', null],
    null,
    'plain text',
  ]) {
    assert.deepEqual(withoutToken(typeof body === 'string' ? body : JSON.stringify(body)), body)
  }
})

import { createHash, randomBytes } from 'node:crypto'

/** The portal's client id, which is Azure's own. */
export const portalClientId = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c'

/** What the token endpoint answers to a user's client. */
export interface UserTokens {
  readonly access_token: string
  readonly refresh_token: string
  readonly id_token: string
  readonly scope: string
  readonly expires_in: number
}

/** A proof key, and what is sent of it first (RFC 7636). */
export function proofKey() {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** An authorization request of the portal at `origin`. */
export function portalRequest(
  origin: string,
  challenge: string,
  changes: Readonly<Record<string, string>> = {},
): URLSearchParams {
  return new URLSearchParams({
    client_id: portalClientId,
    redirect_uri: `${origin}/`,
    response_type: 'code',
    scope: 'https://management.azure.com/.default openid profile offline_access',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 'the state',
    nonce: 'the nonce',
    ...changes,
  })
}

/** What a form of the sign-in says: where it is sent, and its hidden fields. */
export function readForm(html: string): { readonly action: string; readonly fields: Readonly<Record<string, string>> } {
  const decoded = (text = '') => text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
  const [, action] = /<form method="post" action="([^"]*)"/.exec(html) ?? []
  const hidden = html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)
  return {
    action: decoded(action),
    fields: Object.fromEntries([...hidden].map(([, name, value]) => [decoded(name), decoded(value)])),
  }
}

export function postForm(url: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual', headers })
}

/** Follows the pages of the sign-in as a browser does, and answers with where it leads. */
export async function authorize(origin: string, tenant: string, request: URLSearchParams, name: string, password: string) {
  const page = await fetch(`${origin}/${tenant}/oauth2/v2.0/authorize?${request}`, { redirect: 'manual' })
  const { action, fields } = readForm(await page.text())
  return postForm(`${origin}${action}`, { ...fields, login: name, passwd: password }, { origin })
}

/** Signs a user in to the portal at `origin`. */
export async function signInUser(
  origin: string,
  tenant: string,
  name: string,
  password: string,
  scope = 'https://management.azure.com/.default openid profile offline_access',
): Promise<UserTokens> {
  const { verifier, challenge } = proofKey()
  const led = await authorize(origin, tenant, portalRequest(origin, challenge, { scope }), name, password)
  const code = new URL(led.headers.get('location') ?? '').searchParams.get('code') ?? ''
  const answer = await postForm(`${origin}/${tenant}/oauth2/v2.0/token`, {
    grant_type: 'authorization_code',
    client_id: portalClientId,
    redirect_uri: `${origin}/`,
    code,
    code_verifier: verifier,
  })
  return (await answer.json()) as UserTokens
}

/** One request with a token; the body is whatever the test knows it to be. */
export async function callWith(url: string, token: string, method = 'GET', body?: object) {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as never }
}

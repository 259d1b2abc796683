import type { EntraError } from './entra-error.ts'
import { escaped, type Page, pageOf } from './page-layout.ts'

export interface SignInPage {
  /** Path that the form is sent to. */
  readonly action: string
  /** Key of the sign-in that is under way. */
  readonly transaction: string
  /** Who wants the user to sign in. */
  readonly clientName: string
  /** What stands in the field of the user name. */
  readonly loginName: string
  /** What was wrong with the last try. */
  readonly error?: EntraError | undefined
  readonly nonce: string
  readonly formTarget: string
}

/** The form where a user gives name and password. */
export function signInPage(page: SignInPage): Page {
  const { action, transaction, clientName, loginName, error, nonce, formTarget } = page
  const isNameWrong = error?.code === 50034
  const invalid = (isWrong: boolean) => (isWrong ? ' aria-invalid="true" aria-describedby="wrong"' : '')
  const focus = (isFirst: boolean) => (isFirst ? ' autofocus' : '')
  const wantsName = loginName === '' || isNameWrong
  const body = `<h1>Sign in</h1>
<p>to continue to ${escaped(clientName)}</p>
${error ? `<p role="alert" id="wrong">AADSTS${error.code}: ${escaped(error.message)}</p>` : ''}
<form method="post" action="${escaped(action)}" autocomplete="on">
<input type="hidden" name="ctx" value="${escaped(transaction)}">
<label for="login">User name</label>
<input id="login" name="login" type="text" inputmode="email" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="320" required placeholder="someone@lanyard.local" value="${escaped(loginName)}"${invalid(isNameWrong)}${focus(wantsName)}>
<label for="passwd">Password</label>
<input id="passwd" name="passwd" type="password" autocomplete="current-password" maxlength="256" required${invalid(error !== undefined && !isNameWrong)}${focus(!wantsName)}>
<p class="hint">Without a password of your own, use the sign-in code that <code>lanyard up</code> printed.</p>
<div class="actions"><button type="submit">Sign in</button></div>
</form>`
  return pageOf({ title: 'Sign in to your account', body, nonce, formTarget })
}

export interface ErrorPage {
  readonly error: EntraError
  /** Ours, for who looks for it. */
  readonly requestId: string
  readonly correlationId: string
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly nonce: string
}

/** What is shown where an error must not lead anywhere: it is not sure who would be led to. */
export function errorPage({ error, requestId, correlationId, now, nonce }: ErrorPage): Page {
  const body = `<h1>Sorry, but we’re having trouble signing you in.</h1>
<p role="alert">AADSTS${error.code}: ${escaped(error.message)}</p>
<dl><dt>Request Id</dt><dd>${escaped(requestId)}</dd><dt>Correlation Id</dt><dd>${escaped(correlationId)}</dd><dt>Timestamp</dt><dd>${new Date(now).toISOString()}</dd></dl>`
  return pageOf({ status: error.status, title: 'Sign in to your account', body, nonce })
}

/** What is shown after a sign-out that leads nowhere. */
export function signedOutPage(nonce: string): Page {
  const body = `<h1>You signed out of your account</h1>
<p>It’s a good idea to close all browser windows.</p>`
  return pageOf({ title: 'Sign out', body, nonce })
}

/**
 * Carries an answer to a client by a form (OAuth 2.0 Form Post Response Mode). There is no script to send it, so the user does.
 * @param redirectUri whose origin is `formTarget`
 */
export function formPostPage(
  redirectUri: string,
  formTarget: string,
  answer: Readonly<Record<string, string>>,
  nonce: string,
): Page {
  const fields = Object.entries(answer).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  )
  const body = `<h1>Signed in</h1>
<p>Continue to the application that asked.</p>
<form method="post" action="${escaped(redirectUri)}">
${fields.join('\n')}
<div class="actions"><button type="submit" autofocus>Continue</button></div>
</form>`
  return pageOf({ title: 'Working…', body, nonce, formTarget })
}

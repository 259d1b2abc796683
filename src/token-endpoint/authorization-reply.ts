import type { ReplyAddress } from './authorization-request.ts'
import { formPostPage } from './sign-in-pages.ts'
import type { Page } from './page-layout.ts'

/** Where a browser is led, or what it is shown. */
export type Reply = { readonly location: string } | { readonly page: Page }

/**
 * Carries the answer to an authorization request to the client, in the way that it asked for.
 * @param answer `code`, or `error` and its description; the client's state is added
 * @param nonce for a page
 */
export function authorizationReply(
  { redirectUri, responseMode, state }: Pick<ReplyAddress, 'redirectUri' | 'responseMode' | 'state'>,
  answer: Readonly<Record<string, string>>,
  nonce: string,
): Reply {
  const full = state === undefined ? answer : { ...answer, state }
  const url = new URL(redirectUri)
  if (responseMode === 'form_post') return { page: formPostPage(url.href, url.origin, full, nonce) }
  if (responseMode === 'fragment') url.hash = new URLSearchParams(full).toString()
  else for (const [name, value] of Object.entries(full)) url.searchParams.append(name, value)
  return { location: url.href }
}

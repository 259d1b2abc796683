/** A page of the sign-in, whole, with the headers that keep it to itself. */
export interface Page {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly html: string
}

export interface PageContent {
  readonly status?: number
  readonly title: string
  /** HTML. */
  readonly body: string
  /** A fresh one for this page: it lets the page's own style through. */
  readonly nonce: string
  /** Origin of another page that its form leads to, directly or by a redirect; undefined when all stays here. */
  readonly formTarget?: string | undefined
}

/** Text as HTML shows it, in content and in quoted attributes. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

const style = `
:root { color-scheme: light dark; --page: #f2f2f2; --card: #fff; --ink: #1b1b1b; --faint: #616161; --line: #767676; --accent: #0067b8; --on-accent: #fff; --wrong: #c50f1f }
@media (prefers-color-scheme: dark) {
  :root { --page: #141414; --card: #1f1f1f; --ink: #fff; --faint: #c7c7c7; --line: #8a8a8a; --accent: #4da6f0; --on-accent: #0b0b0b; --wrong: #ff99a4 }
}
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 16px; background: var(--page); color: var(--ink); font: 15px/1.4 "Segoe UI", system-ui, -apple-system, Roboto, "Helvetica Neue", sans-serif }
main { width: 100%; max-width: 440px; padding: clamp(24px, 8vw, 44px); background: var(--card); box-shadow: 0 2px 6px rgb(0 0 0 / .2); overflow-wrap: anywhere }
.brand { margin: 0 0 16px; color: var(--faint); font-weight: 600 }
h1 { margin: 0 0 12px; font-size: 24px; font-weight: 600; line-height: 1.2 }
p { margin: 0 0 16px }
label { display: block; margin: 16px 0 6px; font-size: 14px }
input { width: 100%; padding: 8px 2px; border: 0; border-bottom: 1px solid var(--line); background: none; color: inherit; font: inherit; font-size: 16px }
input:focus { outline: 2px solid var(--accent); outline-offset: 2px }
input[aria-invalid=true] { border-bottom-color: var(--wrong) }
[role=alert] { margin: 0 0 4px; color: var(--wrong) }
.hint, dl { margin: 16px 0 0; color: var(--faint); font-size: 13px }
.actions { margin-top: 28px; text-align: right }
button { min-width: 108px; min-height: 36px; padding: 6px 16px; border: 1px solid transparent; background: var(--accent); color: var(--on-accent); font: inherit; cursor: pointer }
button:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
dt { float: left; clear: left; margin-right: 6px } dt::after { content: ":" } dd { margin: 0 }
code { font-family: ui-monospace, Consolas, monospace }
@media (max-width: 480px) { body { padding: 0; place-items: stretch } main { max-width: none; box-shadow: none } }
@media (forced-colors: active) { button { border-color: ButtonText } }
`

/** Lays out a page: no script, no frame around it, nothing from elsewhere, kept by no cache. */
export function pageOf({ status = 200, title, body, nonce, formTarget }: PageContent): Page {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<p class="brand">Lanyard</p>
${body}
</main>
</body>
</html>
`
  return { status, headers: pageHeaders(nonce, formTarget), html }
}

function pageHeaders(nonce: string, formTarget: string | undefined): Page['headers'] {
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    // Browsers hold the redirect after a form against this too.
    `form-action 'self'${formTarget === undefined ? '' : ` ${formTarget}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store, no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'content-security-policy': policy.join('; '),
    'x-frame-options': 'DENY',
    // Not no-referrer: then browsers would tell no origin with the form, and it could not be told from a foreign one.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  }
}

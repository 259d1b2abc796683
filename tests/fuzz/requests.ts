import { array, type Arbitrary, constant, constantFrom, json, oneof, string, tuple } from 'fast-check'
import { METHODS } from 'node:http'
import type { Target } from './targets.ts'

export interface GeneratedRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

const names = [
  'resource',
  'api-version',
  'client_id',
  'object_id',
  'msi_res_id',
  'mi_res_id',
  'clientid',
  'principalId',
  'format',
]
  .concat(['nonce', 'bypass_cache', '$filter', '$expand', '$top', '$skiptoken', 'grant_type', 'client_secret', 'scope'])
  .concat([
    'redirect_uri',
    'response_type',
    'response_mode',
    'state',
    'nonce',
    'prompt',
    'code_challenge',
    'code',
    'code_verifier',
  ])
  .concat(['refresh_token', 'username', 'password', 'ctx', 'login', 'passwd', 'id_token_hint', 'post_logout_redirect_uri'])
  .concat(['client_assertion', 'client_assertion_type', 'authorization_endpoint', 'authority'])
const values = ['https://management.azure.com/', 'https://vault.azure.net', 'api://AzureADTokenExchange', 'client_credentials']
  .concat([
    '2018-02-01',
    '2019-08-01',
    '2017-09-01',
    '2020-06-01',
    '2021-02-01',
    '2019-07-01-preview',
    '2022-12-01',
    'json',
    'text',
  ])
  .concat([
    'c0000000-0000-4000-8000-000000000000',
    'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
    'authorization_code',
    'refresh_token',
    'password',
    'form_post',
    'openid offline_access',
    'http://localhost:1/',
    'administrator@lanyard.local',
    "name eq 'x'",
    'https://management.azure.com/.default',
    'a.b.c',
    '',
    '-1',
    '%',
    '%zz',
  ])

/** Any text as it can stand in a path or query: escaped, or broken in its escapes. */
const hostile = oneof(
  string({ maxLength: 40 }).map((text) => encodeURIComponent(text)),
  string({ unit: 'binary', maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
  constantFrom(
    '%',
    '%2',
    '%ff',
    '%00',
    '..',
    '%2e%2e%2f',
    '//',
    ';',
    '+',
    '%0d%0ax:y',
    "'",
    '"',
    '<script>',
    '__proto__',
    'constructor',
  ),
)
const value = oneof({ weight: 6, arbitrary: constantFrom(...values).map(escapeSome) }, { weight: 2, arbitrary: hostile })
const parameter = tuple(
  oneof({ weight: 12, arbitrary: constantFrom(...names) }, { weight: 1, arbitrary: hostile }),
  oneof({ weight: 12, arbitrary: constant('=') }, { weight: 1, arbitrary: constantFrom('', '==') }),
  value,
)
const query = array(parameter, { maxLength: 6 }).map((parts) => parts.map((part) => part.join('')).join('&'))
const methods = METHODS.filter((method) => !['CONNECT', 'TRACE', 'QUERY'].includes(method))
const method = oneof(
  { weight: 6, arbitrary: constant('GET') },
  { weight: 3, arbitrary: constant('POST') },
  { weight: 1, arbitrary: constantFrom(...methods) },
)
const body = oneof(
  { weight: 4, arbitrary: constant(undefined) },
  { weight: 4, arbitrary: query },
  { weight: 2, arbitrary: json({ maxDepth: 3 }) },
  { weight: 1, arbitrary: string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: constantFrom('{', '[]', 'null', '{"StartRequests":[{"EventId":null}]}', 'a='.repeat(300)) },
)
const contentType = constantFrom(
  'application/x-www-form-urlencoded',
  'application/json',
  'text/plain',
  'multipart/form-data',
  'x',
  '',
)
/** What a header may hold: printable characters, and those that Node lets through. */
const headerText = string({ maxLength: 30 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, ''))
const oddHeader = tuple(
  constantFrom(
    'x-forwarded-for',
    'x-ms-client-request-id',
    'accept',
    'cookie',
    'origin',
    'content-encoding',
    'client-request-id',
  ),
  headerText,
)

/** Requests to a target: most of them nearly right, since what is wholly wrong is refused at once. */
export function requestsTo(target: Target): Arbitrary<GeneratedRequest> {
  const path = tuple(
    oneof({ weight: 9, arbitrary: constantFrom(...target.paths) }, { weight: 1, arbitrary: hostile.map((text) => `/${text}`) }),
    oneof(
      { weight: 8, arbitrary: constant('') },
      { weight: 1, arbitrary: hostile.map((text) => `/${text}`) },
      { weight: 1, arbitrary: constant('/') },
    ),
    tuple(oneof({ weight: 2, arbitrary: constant(target.query) }, { weight: 1, arbitrary: constant('') }), query).map((parts) =>
      parts.filter(Boolean).join('&'),
    ),
  ).map(([start, more, asked]) =>
    `${start}${more}${asked === '' ? '' : `?${asked}`}`.replaceAll(/[^\x21-\x7e]/g, (c) => encodeURIComponent(c)),
  )
  const known = tuple(
    ...target.headers.map(([name, possible]) =>
      oneof(
        { weight: 8, arbitrary: constant(possible[0] ?? '') },
        { weight: 2, arbitrary: constantFrom(...possible) },
        { weight: name === 'host' ? 0 : 2, arbitrary: constant(undefined) },
      ).map((text) => [name, text] as const),
    ),
  )
  return tuple(method, path, known, array(oddHeader, { maxLength: 1 }), body, contentType).map(
    ([verb, where, usual, odd, content, type]) => ({
      method: verb,
      path: where,
      headers: Object.fromEntries(
        [...usual, ...odd, ['content-type', content === undefined ? undefined : type] as const].filter(
          (pair): pair is [string, string] => pair[1] !== undefined,
        ),
      ),
      body: content,
    }),
  )
}

/** Half of the values as a client escapes them, half as a person writes them. */
function escapeSome(text: string): string {
  return text.length % 2 === 0 ? encodeURIComponent(text) : text.replaceAll(' ', '%20')
}

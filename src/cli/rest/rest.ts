import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { ApiError, graphAudience, parseJson, resourceManagerAudience } from '../../api-client/index.ts'
import { parseKeyValues } from '../session/key-values.ts'
import type { Session } from '../session/session.ts'
import { defineVerb } from '../verb.ts'
import { UsageError } from '../exit-codes.ts'

interface RestOptions {
  readonly method: string
  readonly url?: string
  readonly uri?: string
  readonly body?: string
  readonly headers?: readonly string[]
  readonly uriParameters?: readonly string[]
  readonly resource?: string
  readonly skipAuthorizationHeader?: boolean
}

/** `lanyard rest` */
export const createCommand = defineVerb<RestOptions>({
  name: 'rest',
  summary: 'Send any request to Azure',
  examples: [
    "rest --url '/subscriptions/{subscriptionId}/resourcegroups?api-version=2021-04-01'",
    'rest --method put --url URL --body @vm.json',
    'rest --url https://graph.microsoft.com/v1.0/servicePrincipals',
  ],
  configure: (command) => {
    command
      .option('-m, --method <method>', 'HTTP method', 'get')
      .option('-u, --url <url>', 'address; a path is taken at Resource Manager, {subscriptionId} is filled in')
      .option('--uri <url>', 'the same')
      .option('-b, --body <text>', 'body, or @file')
      .option('--headers <name=value...>', 'headers')
      .option('--uri-parameters <name=value...>', 'query parameters')
      .option('--resource <audience>', 'who the token is for, when the address does not say')
      .option('--skip-authorization-header', 'send no token')
  },
  run: rest,
})

async function rest(session: Session, options: RestOptions): Promise<unknown> {
  const url = await addressOf(session, options)
  const audience = options.skipAuthorizationHeader ? undefined : (options.resource ?? audienceOf(session, url))
  const body = options.body === undefined ? undefined : await bodyOf(session.io.cwd, options.body)
  const reply = await session.transport({
    method: options.method.toUpperCase(),
    url: url.href,
    headers: {
      accept: '*/*',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      'x-ms-client-request-id': session.io.newGuid(),
      ...(audience === undefined ? {} : { authorization: `Bearer ${(await session.tokens(audience)).accessToken}` }),
      ...lowerCaseKeys(parseKeyValues(options.headers)),
    },
    ...(body === undefined ? {} : { body }),
    timeout: 60_000,
    retries: 0,
  })
  if (reply.status >= 400) throw new ApiError(reply.status, reply.statusText, reply.text)
  if (reply.text === '') return undefined
  const parsed = parseJson(reply.text)
  if (parsed !== undefined) return parsed
  session.io.stdout.write(`${reply.text}\n`)
  return undefined
}

async function addressOf(session: Session, options: RestOptions): Promise<URL> {
  const given = options.url ?? options.uri
  if (given === undefined) throw new UsageError('the following arguments are required: --url/-u')
  const placed = given.includes('{subscriptionId}') ? given.replaceAll('{subscriptionId}', (await session.account()).id) : given
  const absolute = placed.startsWith('/') ? `${session.io.endpoints.resourceManager}${placed}` : placed
  if (!URL.canParse(absolute)) throw new UsageError(`'${given}' is not an address.`)
  const url = new URL(absolute)
  for (const [name, value] of Object.entries(parseKeyValues(options.uriParameters))) url.searchParams.set(name, value)
  return url
}

/** Only Azure's own services get a token unasked. */
function audienceOf(session: Session, url: URL): string | undefined {
  const { resourceManager, graph } = session.io.endpoints
  if (url.origin === new URL(resourceManager).origin) return resourceManagerAudience
  if (url.origin === new URL(graph).origin) return graphAudience
  session.messages.warn(
    "Can't derive appropriate Azure AD resource from --url to acquire an access token. If access token is required, use --resource to specify the resource",
  )
  return undefined
}

async function bodyOf(cwd: string, body: string): Promise<string> {
  return body.startsWith('@') ? readFile(path.resolve(cwd, body.slice(1)), 'utf8') : body
}

function lowerCaseKeys(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

import type { Origin } from '../../http/endpoint.ts'
import { splitTarget, type Answerer } from '../answerer.ts'
import { grantToken } from '../grant-token.ts'
import type { MetadataAnswer } from '../metadata-answer.ts'
import { unknownResource } from '../metadata-errors.ts'
import { InvalidQueryError, parseQuery, type Query } from '../query.ts'
import { readSelector, type SelectorNames } from '../select-identity.ts'
import { notStored } from '../token-answer.ts'
import type { MetadataSources } from '../token-request.ts'
import { carriesSecret } from './host-secret.ts'

/** Where App Service, Functions and Container Apps answer. */
export const appServicePath = '/msi/token'

/** One version of the token endpoint of App Service, with what differs between them (wire.md D.6). */
export interface AppServiceProtocol {
  readonly apiVersion: string
  /** Header of the secret, in lower case. */
  readonly secretHeader: string
  readonly selectors: SelectorNames
  /** Whether the fields of an error begin with a capital. */
  readonly capitalErrors: boolean
  readonly identityNotFound: string
  /** Text of a moment, given in seconds since the epoch. */
  readonly expiresOn: (seconds: number) => string
}

/** App Service, Functions and Container Apps since 2019. */
export const appService2019: AppServiceProtocol = {
  apiVersion: '2019-08-01',
  secretHeader: 'x-identity-header',
  selectors: new Map([
    ['client_id', 'clientId'],
    ['mi_res_id', 'resourceId'],
    ['principal_id', 'objectId'],
    ['object_id', 'objectId'],
  ]),
  capitalErrors: false,
  identityNotFound: 'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.',
  expiresOn: String,
}

/**
 * Answers as App Service does, in the version that a request names. A request that names no identity gets the system-assigned
 * one's token, never that of an only user-assigned identity, which differs from a virtual machine.
 * @param versions those that the host has, the newest first
 * @param secret what the host's variables give the code
 */
export function appServiceAnswerer(versions: readonly [AppServiceProtocol, ...AppServiceProtocol[]], secret: string): Answerer {
  return async (sources, request, origin) => {
    const { path, query: text } = splitTarget(request)
    const [newest] = versions
    if (path.toLowerCase() !== appServicePath) return refuse(newest, 404, 'Not found.')
    if (request.method !== 'GET') return { ...refuse(newest, 405, 'Method not allowed.'), headers: { Allow: 'GET' } }
    let query: Query
    try {
      query = parseQuery(text)
    } catch (error) {
      if (!(error instanceof InvalidQueryError)) throw error
      return refuse(newest, 400, `${error.message}.`)
    }
    const protocol = versions.find(({ apiVersion }) => apiVersion === query.get('api-version'))
    if (!protocol) {
      const known = versions.map(({ apiVersion }) => apiVersion).join(' or ')
      return refuse(newest, 400, `The api-version is missing or not supported, please use ${known}.`)
    }
    if (!carriesSecret(request, protocol.secretHeader, secret)) {
      return refuse(protocol, 401, `The ${protocol.secretHeader} header is missing or does not hold the secret of this host.`)
    }
    return answerVersion(protocol, sources, query, origin)
  }
}

async function answerVersion(
  protocol: AppServiceProtocol,
  sources: MetadataSources,
  query: Query,
  origin: Origin,
): Promise<MetadataAnswer> {
  const invalid = (message: string) => refuse(protocol, 400, message)
  const resource = query.get('resource')
  if (!resource) return invalid('The resource is missing in the request.')
  const selector = readSelector(query, protocol.selectors)
  if (selector && 'several' in selector) return invalid('More than one identity is specified in the request.')
  if (selector && 'foreign' in selector) {
    return invalid(`'${selector.foreign}' is not known here, please use ${[...protocol.selectors.keys()].join(', ')}.`)
  }
  const grant = await grantToken(sources, { resource, selector, withoutSelector: 'system' }, origin)
  if (grant === 'unknownResource') return invalid(unknownResource(resource, sources.authority.tenantId).description)
  if (typeof grant === 'string') return invalid(protocol.identityNotFound)
  return {
    status: 200,
    body: JSON.stringify({
      access_token: grant.token.accessToken,
      expires_on: protocol.expiresOn(grant.token.expiresAt),
      resource,
      token_type: 'Bearer',
      client_id: grant.identity.principal.clientId,
    }),
    headers: notStored,
  }
}

function refuse({ capitalErrors }: AppServiceProtocol, status: number, message: string): MetadataAnswer {
  const body = capitalErrors ? { StatusCode: status, Message: message } : { statusCode: status, message }
  return { status, body: JSON.stringify(body) }
}

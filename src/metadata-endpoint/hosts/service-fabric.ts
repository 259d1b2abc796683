import type { NewGuid } from '../../http/endpoint.ts'
import { splitTarget, type Answerer } from '../answerer.ts'
import { grantToken } from '../grant-token.ts'
import type { MetadataAnswer } from '../metadata-answer.ts'
import { unknownResource } from '../metadata-errors.ts'
import { InvalidQueryError, parseQuery } from '../query.ts'
import { readSelector, type SelectorNames } from '../select-identity.ts'
import { notStored } from '../token-answer.ts'
import { carriesSecret } from './host-secret.ts'

/** Where the token service of a cluster answers, over TLS. */
export const serviceFabricPath = '/metadata/identity/oauth2/token'

const apiVersions = new Set(['2019-07-01-preview', '2020-05-01'])

/** .NET names one by its object id; which identity an application has is set in the cluster, so most clients name none. */
const selectors: SelectorNames = new Map([['principalid', 'objectId']])

/**
 * The managed identity token service of a Service Fabric cluster (wire.md D.6). Its certificate is known by its thumbprint.
 * @param secret what `IDENTITY_HEADER` holds
 */
export function serviceFabricAnswerer(secret: string, newGuid: NewGuid): Answerer {
  const refuse = (status: number, code: string, message: string): MetadataAnswer => ({
    status,
    body: JSON.stringify({ error: { correlationId: newGuid(), code, message } }),
  })

  return async (sources, request, origin) => {
    const { path, query: text } = splitTarget(request)
    if (path.toLowerCase() !== serviceFabricPath) return refuse(404, 'NotFound', 'There is nothing at this address.')
    if (request.method !== 'GET') {
      return { ...refuse(405, 'MethodNotAllowed', 'Method not allowed.'), headers: { Allow: 'GET' } }
    }
    if (request.headers['secret'] === undefined) {
      return refuse(400, 'SecretHeaderNotFound', 'Secret is not found in the request headers.')
    }
    if (!carriesSecret(request, 'secret', secret)) {
      return refuse(404, 'ManagedIdentityNotFound', 'Managed identity not found for the given secret.')
    }
    try {
      const query = parseQuery(text)
      if (!apiVersions.has(query.get('api-version') ?? '')) {
        return refuse(400, 'InvalidApiVersion', `The api-version is not supported, please use ${[...apiVersions].join(' or ')}.`)
      }
      const resource = query.get('resource')
      if (!resource) return refuse(400, 'ArgumentNullOrEmpty', 'The parameter resource is null or an empty string.')
      const selector = readSelector(query, selectors)
      if (selector && !('by' in selector)) {
        return refuse(400, 'InvalidArgument', 'The identity of an application is set in the cluster and cannot be chosen so.')
      }
      const grant = await grantToken(sources, { resource, selector, withoutSelector: 'systemOrOnly' }, origin)
      if (grant === 'unknownResource') {
        return refuse(400, 'InvalidArgument', unknownResource(resource, sources.authority.tenantId).description)
      }
      if (typeof grant === 'string') return refuse(404, 'ManagedIdentityNotFound', 'Managed identity not found.')
      return {
        status: 200,
        body: JSON.stringify({
          token_type: 'Bearer',
          access_token: grant.token.accessToken,
          expires_on: grant.token.expiresAt,
          resource,
        }),
        headers: notStored,
      }
    } catch (error) {
      if (!(error instanceof InvalidQueryError)) throw error
      return refuse(400, 'InvalidArgument', error.message)
    }
  }
}

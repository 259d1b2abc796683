import { splitTarget, type Answerer } from '../answerer.ts'
import { grantToken } from '../grant-token.ts'
import { isDirectMetadataRequest } from '../imds.ts'
import type { MetadataAnswer } from '../metadata-answer.ts'
import { InvalidQueryError, parseQuery } from '../query.ts'
import { formLimit, readForm } from '../read-form.ts'
import { readSelector } from '../select-identity.ts'
import { tokenAnswer } from '../token-answer.ts'

/** Where Cloud Shell answers, and the second address that it has for the instance metadata service's clients. */
export const cloudShellPath = '/oauth2/token'
const metadataPath = '/metadata/identity/oauth2/token'

/**
 * Cloud Shell. In Azure its tokens are the signed-in user's; here they are those of the console's own identity. It takes the
 * parameters from a form, or from the query of its second address, and lets no identity be named (wire.md D.6).
 */
export const answerCloudShell: Answerer = async (sources, request, origin) => {
  const { path, query } = splitTarget(request)
  const lowered = path.toLowerCase()
  if (lowered !== cloudShellPath && lowered !== metadataPath) return refuse(404, 'NotFound', 'There is nothing at this address.')
  if (request.method !== 'POST' && request.method !== 'GET') {
    return { ...refuse(405, 'MethodNotAllowed', 'Method not allowed.'), headers: { Allow: 'GET, POST' } }
  }
  if (!isDirectMetadataRequest(request)) {
    return refuse(400, 'MissingMetadataHeader', 'Required metadata header not specified')
  }
  let text = query
  if (request.method === 'POST') {
    const form = await readForm(request)
    if (form === undefined) {
      const answer = refuse(413, 'RequestTooLarge', `The request body is larger than ${formLimit} bytes`)
      return { ...answer, headers: { Connection: 'close' } }
    }
    text = `${query}&${form}`
  }
  try {
    const parameters = parseQuery(text)
    const resource = parameters.get('resource')
    if (!resource) return refuse(400, 'AudienceMissing', "The parameter 'resource' is missing")
    if (readSelector(parameters, new Map()) !== undefined) {
      return refuse(400, 'SelectorNotSupported', 'Cloud Shell has one identity, which cannot be chosen')
    }
    const grant = await grantToken(sources, { resource, selector: undefined, withoutSelector: 'system' }, origin)
    if (grant === 'unknownResource') {
      return refuse(400, 'AudienceNotSupported', `Audience ${resource} is not a supported MSI token audience.`)
    }
    return typeof grant === 'string' ? refuse(400, 'IdentityNotFound', 'Identity not found') : tokenAnswer(grant, sources.clock())
  } catch (error) {
    if (!(error instanceof InvalidQueryError)) throw error
    return refuse(400, 'InvalidRequest', error.message)
  }
}

function refuse(status: number, code: string, message: string): MetadataAnswer {
  return { status, body: JSON.stringify({ error: { code, message } }) }
}

import type { IncomingMessage } from 'node:http'
import type { Origin } from '../http/endpoint.ts'
import { splitTarget } from './answerer.ts'
import { isDirectMetadataRequest } from './imds.ts'
import type { MetadataAnswer } from './metadata-answer.ts'
import { headerMissingText, methodNotAllowed, notFound, tokenErrorAnswer, unreadableQuery } from './metadata-errors.ts'
import { InvalidQueryError, parseQuery } from './query.ts'
import { formLimit, readForm } from './read-form.ts'
import { answerTokenRequest, type MetadataSources } from './token-request.ts'

/** Path of the retired VM extension, on `localhost:50342`. */
export const vmExtensionPath = '/oauth2/token'

/**
 * The token source of the retired VM extension, which old PowerShell still falls back to. It takes the parameters from the query
 * or from a form, and asks for no api-version (wire.md C.2).
 */
export async function answerVmExtension(
  sources: MetadataSources,
  request: IncomingMessage,
  origin: Origin,
): Promise<MetadataAnswer> {
  const { path, query } = splitTarget(request)
  if (path.toLowerCase() !== vmExtensionPath) return notFound
  if (request.method !== 'GET' && request.method !== 'POST') return methodNotAllowed('GET, POST')
  if (!isDirectMetadataRequest(request)) {
    return tokenErrorAnswer({ error: 'bad_request_102', description: headerMissingText })
  }
  let text = query
  if (request.method === 'POST') {
    const form = await readForm(request)
    if (form === undefined) {
      const answer = tokenErrorAnswer(unreadableQuery(`The request body is larger than ${formLimit} bytes`), 413)
      return { ...answer, headers: { Connection: 'close' } }
    }
    text = `${text}&${form}`
  }
  try {
    return await answerTokenRequest(sources, parseQuery(text), origin)
  } catch (error) {
    if (!(error instanceof InvalidQueryError)) throw error
    return tokenErrorAnswer(unreadableQuery(error.message))
  }
}

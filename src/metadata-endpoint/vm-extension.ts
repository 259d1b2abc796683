import type { IncomingMessage } from 'node:http'
import type { Origin } from '../http/endpoint.ts'
import { isDirectMetadataRequest } from './imds.ts'
import type { MetadataAnswer } from './metadata-answer.ts'
import { headerMissingText, methodNotAllowed, notFound, tokenErrorAnswer, unreadableQuery } from './metadata-errors.ts'
import { InvalidQueryError, parseQuery } from './query.ts'
import { answerTokenRequest, type MetadataSources } from './token-request.ts'

/** Path of the retired VM extension, on `localhost:50342`. */
export const vmExtensionPath = '/oauth2/token'

/** Largest form accepted, in bytes. */
const bodyLimit = 64 * 1024

/**
 * The token source of the retired VM extension, which old PowerShell still falls back to. It takes the parameters from the query
 * or from a form, and asks for no api-version (wire.md C.2).
 */
export async function answerVmExtension(
  sources: MetadataSources,
  request: IncomingMessage,
  origin: Origin,
): Promise<MetadataAnswer> {
  const url = request.url ?? '/'
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  if (path.toLowerCase() !== vmExtensionPath) return notFound
  if (request.method !== 'GET' && request.method !== 'POST') return methodNotAllowed('GET, POST')
  if (!isDirectMetadataRequest(request)) {
    return tokenErrorAnswer({ error: 'bad_request_102', description: headerMissingText })
  }
  let text = mark < 0 ? '' : url.slice(mark + 1)
  if (request.method === 'POST') {
    const form = await readForm(request)
    if (form === undefined) {
      const answer = tokenErrorAnswer(unreadableQuery(`The request body is larger than ${bodyLimit} bytes`), 413)
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

/** The body as text; undefined when it is over the limit, or the client broke off. */
function readForm(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > bodyLimit) resolve(undefined)
      else chunks.push(chunk)
    })
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    request.once('error', () => resolve(undefined))
    request.once('close', () => resolve(undefined))
  })
}

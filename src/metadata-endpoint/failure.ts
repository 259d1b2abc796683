import { appServicePath } from './hosts/app-service.ts'
import type { MetadataAnswer } from './metadata-answer.ts'
import { imdsServer } from './metadata-answer.ts'

/** The code of each status in the error list of the identity path, and a sentence. */
const words: Readonly<Record<number, readonly [error: string, description: string]>> = {
  404: ['not_found', 'Not found'],
  410: ['gone', 'The metadata service is being updated'],
  429: ['too_many_requests', 'Too many requests'],
  500: ['server_error', 'The metadata service failed to serve the request'],
  503: ['service_unavailable', 'The metadata service is not available'],
}

/**
 * How the token source at `path` fails with `status`: each host in the shape of its own errors.
 * @param apiVersion of the query
 */
export function failureOf(
  path: string,
  apiVersion: string | undefined,
  status: number,
): Pick<MetadataAnswer, 'body'> & { readonly headers: Readonly<Record<string, string>> } {
  const [error, description] = words[status] ?? ['server_error', 'The metadata service failed to serve the request']
  const lowered = path.toLowerCase()
  if (lowered === appServicePath) {
    const body =
      apiVersion === '2017-09-01' ? { StatusCode: status, Message: description } : { statusCode: status, message: description }
    return { body: JSON.stringify(body), headers: {} }
  }
  // Service Fabric has the path of the metadata service, and a version of its own.
  if (apiVersion?.endsWith('-preview')) {
    return { body: JSON.stringify({ error: { code: error, message: description } }), headers: {} }
  }
  const body = lowered.startsWith('/metadata/identity') ? { error, error_description: description } : { error: description }
  return { body: JSON.stringify(body), headers: lowered.startsWith('/metadata/') ? { server: imdsServer } : {} }
}

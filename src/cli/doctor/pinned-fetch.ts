import { once } from 'node:events'
import http from 'node:http'
import tls from 'node:tls'
import type { Fetch } from '../../api-client/index.ts'

/**
 * `fetch` of a server whose certificate is known by its SHA-1 thumbprint alone, as Service Fabric's token source is. The certificate
 * is looked at before anything is sent.
 * @param thumbprint hexadecimal, without separators
 */
export function createPinnedFetch(thumbprint: string): Fetch {
  return async (url, { method, headers, body, signal }) => {
    const { hostname, port, pathname, search } = new URL(url)
    const socket = tls.connect({ host: hostname, port: Number(port || 443), rejectUnauthorized: false })
    signal.addEventListener('abort', () => socket.destroy(new Error('no answer in time')))
    await once(socket, 'secureConnect')
    const shown = socket.getPeerCertificate().fingerprint.replaceAll(':', '')
    if (shown.toLowerCase() !== thumbprint.toLowerCase()) {
      socket.destroy()
      throw new Error(`its certificate has the thumbprint ${shown}, and IDENTITY_SERVER_THUMBPRINT says ${thumbprint}`)
    }
    const request = http.request({
      method,
      path: pathname + search,
      headers: { host: hostname, ...headers },
      createConnection: () => socket,
    })
    request.end(body)
    const [response] = (await once(request, 'response')) as [http.IncomingMessage]
    const { statusCode = 0, statusMessage = '', headers: answered } = response
    return {
      status: statusCode,
      statusText: statusMessage,
      headers: { get: (name) => [answered[name.toLowerCase()] ?? []].flat().join(', ') || null },
      text: async () => {
        let text = ''
        for await (const chunk of response.setEncoding('utf8')) text += String(chunk)
        socket.destroy()
        return text
      },
    }
  }
}

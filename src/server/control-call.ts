import { request } from 'node:http'

/**
 * Asks something of the platform that listens at `socketPath`.
 * @returns what it answers; undefined when no platform listens there
 * @throws Error with the platform's sentence when it refuses
 */
export async function callControl(socketPath: string, method: string, path: string, body?: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, host: '127.0.0.1', method, path, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => {
        const answer: unknown = JSON.parse(text)
        if (response.statusCode === 200) resolve(answer)
        else reject(new Error((answer as { message: string }).message))
      })
    })
    call.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined)
      else reject(error)
    })
    call.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

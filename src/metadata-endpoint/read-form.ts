import type { IncomingMessage } from 'node:http'

/** Largest form accepted, in bytes. */
export const formLimit = 64 * 1024

/** The body as text; undefined when it is over the limit, or the client broke off. */
export function readForm(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > formLimit) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > formLimit) resolve(undefined)
      else chunks.push(chunk)
    })
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    request.once('error', () => resolve(undefined))
    request.once('close', () => resolve(undefined))
  })
}

import { rm } from 'node:fs/promises'
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { openOwnerAccessDesk, type OwnerAccessDesk, type OwnerAccessRequest } from './lend-owner-access.ts'
import type { ExtensionState } from './follow-extension.ts'
import type { Platform } from './start-platform.ts'
import { openSession, type Session, type SessionRequest, type SessionFacts } from './session.ts'

/**
 * Answers `lanyard run` on the platform's control socket: one POST opens a listener for one machine, and the listener lives
 * as long as the response stays open, so that a client that was killed leaves nothing behind. The first line of the response is
 * what the session is; each later one tells where the machine's extension answers from then on.
 */
export async function listenOnControlSocket(platform: Platform, socketPath: string): Promise<Server> {
  const desk = openOwnerAccessDesk(platform)
  const server = createServer((incoming, response) => {
    void answer(platform, desk, incoming, response)
  })
  server.once('close', () => void desk.close())
  // Whoever holds the database lock is the only platform of this directory: a socket file that is there was left by one that died.
  if (process.platform !== 'win32') await rm(socketPath, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socketPath, resolve)
  })
  return server
}

async function answer(
  platform: Platform,
  desk: OwnerAccessDesk,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString('utf8')
    if (incoming.url === '/owner-access') {
      const access = await desk.lend(JSON.parse(text) as OwnerAccessRequest)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(access))
      return
    }
    if (incoming.url !== '/sessions') {
      // Only here: a session needs nothing of it.
      const { control } = await import('./control.ts')
      const result = control(platform, `${incoming.method} ${incoming.url}`, text === '' ? undefined : JSON.parse(text))
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result))
      return
    }
    const session = await openSession(platform, JSON.parse(text) as SessionRequest)
    response.once('close', () => void session.close())
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write(`${JSON.stringify(session.facts)}\n`)
    session.onExtension((state) => void response.write(`${JSON.stringify(state)}\n`))
  } catch (error) {
    response.writeHead(409, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ message: error instanceof Error ? error.message : String(error) }))
  }
}

/**
 * Opens a session on the platform that listens at `socketPath`; undefined when none does.
 * @throws Error with the platform's sentence when it refuses (no such machine, …)
 */
export async function attach(socketPath: string, wanted: SessionRequest): Promise<Session | undefined> {
  return new Promise((resolve, reject) => {
    // The host is only a header here, but Node wants to know whether it is an address: of IPv4 it finds out in no time.
    const call = request({ socketPath, host: '127.0.0.1', method: 'POST', path: '/sessions' }, (response) => {
      let text = ''
      let isOpen = false
      const followers: ((state: ExtensionState) => void)[] = []
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (response.statusCode !== 200) return
        for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
          const line: unknown = JSON.parse(text.slice(0, end))
          text = text.slice(end + 1)
          if (isOpen) tell(line as ExtensionState)
          else open(line as SessionFacts)
        }
      })
      let latest: ExtensionState | undefined
      const tell = (state: ExtensionState) => {
        latest = state
        for (const told of followers) told(state)
      }
      const open = (facts: SessionFacts) => {
        isOpen = true
        resolve({
          facts,
          onExtension(told) {
            followers.push(told)
            if (latest) told(latest)
          },
          close: async () => {
            call.destroy()
          },
        })
      }
      response.on('error', () => {})
      response.on('end', () => {
        if (response.statusCode !== 200) reject(new Error((JSON.parse(text) as { message: string }).message))
      })
    })
    call.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET') resolve(undefined)
      else reject(error)
    })
    call.end(JSON.stringify(wanted))
  })
}

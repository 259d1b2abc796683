import type { Server, Socket } from 'node:net'
import type { ExtensionState } from '../../../server/follow-extension.ts'
import type { Sandbox } from './open-sandbox.ts'
import { relayTo } from './relay.ts'

/** The addresses of a machine's VM extension inside a sandbox. */
export interface ExtensionPorts {
  /** Listens on the ports of this state, and on no others that were listened on before. */
  follow(state: ExtensionState): Promise<void>
}

/**
 * Opens and closes the ports of the machine's VM extension inside, as it is deployed and deleted: a client finds a connection that is
 * refused, as on a machine without it.
 * @param proxyPort of the machine's proxy, which answers for the extension
 */
export function createExtensionPorts(sandbox: Pick<Sandbox, 'listen'>, proxyPort: number): ExtensionPorts {
  const open = new Map<number, { readonly server: Server; readonly sockets: Set<Socket> }>()
  let last = Promise.resolve()

  async function change({ port, listening }: ExtensionState): Promise<void> {
    const wanted = new Set([port, listening].filter((one) => one !== undefined))
    for (const [one, { server, sockets }] of open) {
      if (wanted.has(one)) continue
      open.delete(one)
      server.close()
      for (const socket of sockets) socket.destroy()
    }
    for (const one of wanted) {
      if (open.has(one)) continue
      const server = await sandbox.listen({ host: '127.0.0.1', port: one })
      // A program inside has the port: on the machine itself the extension could not have it either.
      if (!server) continue
      const sockets = new Set<Socket>()
      server.on('connection', (socket: Socket) => {
        sockets.add(socket)
        socket.once('close', () => sockets.delete(socket))
      })
      relayTo(server, proxyPort)
      server.unref()
      open.set(one, { server, sockets })
    }
  }

  return {
    follow(state) {
      last = last.then(() => change(state))
      return last
    },
  }
}

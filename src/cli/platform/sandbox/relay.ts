import http from 'node:http'
import net, { type Server, type Socket } from 'node:net'

/** Leads every connection of a listener to a port of this machine, byte for byte. */
export function relayTo(server: Server, port: number): void {
  server.on('connection', (inside: Socket) => {
    const outside = net.connect({ port, host: '127.0.0.1', noDelay: true })
    join(inside, outside)
  })
}

/**
 * Leads every connection of a listener through a forward proxy, by CONNECT, to the host that its own address stands for.
 * @param hostAt which host an address inside stands for
 */
export function tunnelThrough(server: Server, proxy: URL, hostAt: (address: string) => string | undefined): void {
  server.on('connection', (inside: Socket) => {
    const host = hostAt(inside.localAddress ?? '')
    if (host === undefined) {
      inside.destroy()
      return
    }
    inside.on('error', () => inside.destroy())
    const target = `${host}:443`
    const call = http.request({
      host: proxy.hostname,
      port: proxy.port,
      method: 'CONNECT',
      path: target,
      headers: { host: target },
    })
    call.once('connect', (response, outside: Socket, head) => {
      if (response.statusCode !== 200) {
        inside.destroy()
        return
      }
      if (head.length > 0) inside.write(head)
      join(inside, outside)
    })
    call.once('error', () => inside.destroy())
    call.end()
  })
}

function join(inside: Socket, outside: Socket): void {
  inside.setNoDelay(true)
  for (const [one, other] of [
    [inside, outside],
    [outside, inside],
  ] as const) {
    one.on('error', () => other.destroy())
    one.once('close', () => other.destroy())
    one.pipe(other)
  }
}

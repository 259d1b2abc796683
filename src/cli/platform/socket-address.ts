import { isIP } from 'node:net'
import { InvalidArgumentError } from 'commander'

export interface SocketAddress {
  readonly host: string
  readonly port: number
}

/** Reads an IP address. @throws InvalidArgumentError */
export function parseAddress(text: string): string {
  if (isIP(text) === 0) throw new InvalidArgumentError('Expected an IP address, for instance 127.0.0.1 or 0.0.0.0.')
  return text
}

/** Reads `IP:PORT`, an IPv6 address in brackets. @throws InvalidArgumentError */
export function parseSocketAddress(text: string): SocketAddress {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? []
  const host = bracketed ?? plain ?? ''
  if (isIP(host) === 0 || Number(port) > 65_535) {
    throw new InvalidArgumentError('Expected an IP address and a port, for instance 169.254.169.254:80.')
  }
  return { host, port: Number(port) }
}

/**
 * The error that a person is shown when an address cannot be listened on.
 * @param option that names the address
 */
export function listenError(error: unknown, option: string, { host, port }: SocketAddress): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    return new Error(`Port ${port} is in use. Choose another with ${option}, or stop the program that holds it.`)
  }
  if (code === 'EACCES') {
    return new Error(
      `This user may not listen on port ${port}. Choose one above 1023 with ${option}, or run lanyard up with sudo.`,
    )
  }
  if (code === 'EADDRNOTAVAIL') {
    return new Error(
      `${host} is no address of this machine. Choose another with ${option}, or add it: sudo ip address add ${host}/32 dev lo`,
    )
  }
  return error
}

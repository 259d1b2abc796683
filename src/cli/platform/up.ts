import { Command, InvalidArgumentError } from 'commander'
import { getProxyForUrl } from 'proxy-from-env'
import { writeFile } from 'node:fs/promises'
import { listenError, parseAddress, parseSocketAddress, type SocketAddress } from './socket-address.ts'
import {
  administratorName,
  createLogger,
  defaultDataPath,
  listenOnControlSocket,
  loadWorld,
  startPlatform,
  type Platform,
} from '../../server/index.ts'
import type { CommandIo } from '../command-io.ts'

interface UpOptions {
  readonly config?: string
  readonly data?: string
  readonly ephemeral?: boolean
  readonly port: number
  readonly address: string
  readonly metadataAddress?: SocketAddress
  /** False for --no-portal. */
  readonly portal: boolean
  readonly portalPort: number
  readonly caFile?: string
  readonly offline?: boolean
}

/** `lanyard up`: the standing platform. */
export function createCommand(io: CommandIo): Command {
  return new Command('up')
    .summary('start the platform: metadata, authority, resource manager')
    .description('Starts the platform and keeps it running until Ctrl-C.')
    .option('--config <file>', 'the world file; lanyard.yaml in this folder or above when left out')
    .option('--data <directory>', "where the platform keeps its state; the user's data directory when left out")
    .option('--ephemeral', 'keep state in memory only')
    .option('--port <number>', "port of the platform's own HTTPS address on this machine", parsePort, 8443)
    .option('--address <ip>', 'address of this machine to listen on with --port', parseAddress, '127.0.0.1')
    .option(
      '--metadata-address <ip:port>',
      'also serve the metadata endpoint here; the private address of a virtual machine says which one calls',
      parseSocketAddress,
    )
    .option('--portal-port <number>', 'port of the portal on this machine', parsePort, 8480)
    .option('--no-portal', 'serve no portal')
    .option('--ca-file <file>', "write the certificate authority's certificate here, for others to trust")
    .option('--offline', 'refuse hosts that Lanyard does not serve')
    .addHelpText(
      'after',
      `
Examples:
  lanyard up
  lanyard up --config lanyard.yaml --data ./.lanyard
  lanyard run -- az login --identity        # in another terminal
  sudo lanyard up --metadata-address 169.254.169.254:80   # for containers and programs that take no proxy`,
    )
    .action(async (options: UpOptions) => {
      await up(io, options)
    })
}

async function up(io: CommandIo, options: UpOptions): Promise<void> {
  const world = await loadWorld(options.config, io.cwd)
  const dataPath = options.ephemeral ? undefined : (options.data ?? defaultDataPath(io.env))
  const platform = await startPlatform({
    dataPath,
    world: world?.world,
    worldPlaceOf: world?.placeOf,
    offline: options.offline ?? false,
    proxyForUrl: getProxyForUrl,
    logger: createLogger('info', io.stderr),
  })
  const { listener, metadata, portal, control } = await openListeners(platform, options).catch(async (error: unknown) => {
    await platform.close()
    throw error
  })
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  io.stdout.write(`Lanyard is up.
  world      ${world?.file ?? (platform.isNew ? 'the default one' : 'as kept in the data directory')}
  data       ${dataPath ?? 'in memory'}
  tenant     ${platform.tenantId}
  endpoints  ${listener.url}
${metadata ? `  metadata   ${metadata.url}\n` : ''}${portal ? `  portal     ${portal.url}\n` : ''}`)
  if (portal) {
    io.stdout.write(`
Sign in to the portal (until this platform ends):
  user       ${administratorName}
  password   ${platform.renewSignInCode()}
`)
  }
  const { caller, secret } = platform.administrator
  if (secret !== undefined) {
    io.stdout.write(`
The administrator of this installation (shown this once):
  lanyard run -- az login --service-principal -u ${caller.clientId} -p ${secret} --tenant ${platform.tenantId}
`)
  }
  io.stdout.write(`
In another terminal:
  lanyard run -- az login --identity

Ctrl-C stops it.
`)
  await stopped
  control?.closeAllConnections()
  control?.close()
  await Promise.all([listener.close(), metadata?.close(), portal?.close()])
  await platform.close()
}

/** @throws Error with a sentence for the user when an address cannot be had; what was opened is closed again */
async function openListeners(
  platform: Platform,
  { port, address, metadataAddress, portal: wantsPortal, portalPort, caFile }: UpOptions,
) {
  const opened: { close(): Promise<unknown> }[] = []
  const open = async <T extends { close(): Promise<unknown> }>(listener: Promise<T>, option: string, at: SocketAddress) => {
    const one = await listener.catch((error: unknown) => {
      throw listenError(error, option, at)
    })
    opened.push(one)
    return one
  }
  try {
    const listener = await open(platform.gateway.listenHttps({ port, host: address }), '--port', { host: address, port })
    const byAddress = metadataAddress && {
      ...metadataAddress,
      machineAt: (from: string) => platform.addressBook.machineAt(from),
      extensionPort: platform.extensionPort,
    }
    const metadata =
      byAddress && (await open(platform.gateway.listenMetadataByAddress(byAddress), '--metadata-address', byAddress))
    const portal = wantsPortal
      ? await open(platform.listenPortal({ port: portalPort }), '--portal-port', { host: '127.0.0.1', port: portalPort })
      : undefined
    if (caFile !== undefined) await writeFile(caFile, platform.certificates.certificate)
    const control =
      platform.controlSocket === undefined ? undefined : await listenOnControlSocket(platform, platform.controlSocket)
    return { listener, metadata, portal, control }
  } catch (error) {
    await Promise.all(opened.map((one) => one.close()))
    throw error
  }
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

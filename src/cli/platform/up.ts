import { Command, InvalidArgumentError } from 'commander'
import { getProxyForUrl } from 'proxy-from-env'
import { createLogger, defaultDataPath, listenOnControlSocket, loadWorld, startPlatform } from '../../server/index.ts'
import type { CommandIo } from '../command-io.ts'

interface UpOptions {
  readonly config?: string
  readonly data?: string
  readonly ephemeral?: boolean
  readonly port: number
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
    .option('--offline', 'refuse hosts that Lanyard does not serve')
    .addHelpText(
      'after',
      `
Examples:
  lanyard up
  lanyard up --config lanyard.yaml --data ./.lanyard
  lanyard run -- az login --identity        # in another terminal`,
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
  const listener = await platform.gateway.listenHttps({ port: options.port }).catch(async (error: unknown) => {
    await platform.close()
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new Error(`Port ${options.port} is in use. Choose another with --port, or stop the program that holds it.`)
  })
  const control = platform.controlSocket === undefined ? undefined : await listenOnControlSocket(platform, platform.controlSocket)
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  io.stdout.write(`Lanyard is up.
  world      ${world?.file ?? (platform.isNew ? 'the default one' : 'as kept in the data directory')}
  data       ${dataPath ?? 'in memory'}
  tenant     ${platform.tenantId}
  endpoints  ${listener.url}
`)
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
  await listener.close()
  await platform.close()
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

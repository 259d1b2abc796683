import { attach } from '../../server/control-socket.ts'
import { controlSocketPath, defaultDataPath } from '../../server/data-path.ts'
import type { Session, SessionFacts, SessionRequest } from '../../server/session.ts'
import type { CommandIo } from '../command-io.ts'

/** Which platform a command runs against. */
export interface PlatformChoice {
  readonly config?: string
  readonly data?: string
  readonly offline?: boolean
  readonly ephemeral?: boolean
}

/**
 * Opens a session on the platform that runs, or on one of its own that ends with the session.
 * @throws Error with a sentence for the user when there is no such machine, or more than one
 */
export async function openRunSession(
  io: CommandIo,
  options: PlatformChoice,
  wanted: SessionRequest,
): Promise<Session & { readonly origin: string }> {
  if (!options.ephemeral && options.config === undefined) {
    const attached = await attach(controlSocketPath(options.data ?? defaultDataPath(io.env)), wanted)
    if (attached) return { ...attached, origin: 'attached to the running platform' }
  }
  // Only here: the platform takes longer to load than a command takes that has one to attach to.
  const { createLogger, loadWorld, openSession, startPlatform } = await import('../../server/index.ts')
  const { getProxyForUrl } = await import('proxy-from-env')
  const world = await loadWorld(options.config, io.cwd)
  const platform = await startPlatform({
    dataPath: undefined,
    world: world?.world,
    worldPlaceOf: world?.placeOf,
    offline: options.offline ?? false,
    proxyForUrl: getProxyForUrl,
    logger: createLogger('warn', io.stderr),
  })
  const session = await openSession(platform, wanted)
  return {
    facts: session.facts,
    onExtension: (told) => session.onExtension(told),
    origin: `platform of its own, ${world ? `world ${world.file}` : 'default world'}`,
    close: async () => {
      await session.close()
      await platform.close()
    },
  }
}

/** How a person is told which machine it is. */
export function machineName(machineId: string, host: SessionFacts['host']): string {
  const segments = machineId.split('/')
  return `${host === 'vm' ? 'VM' : host} ${segments.at(-1) ?? ''}, group ${segments[4] ?? ''}`
}

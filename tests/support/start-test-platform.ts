import { pino } from 'pino'
import { openSession, startPlatform, type Platform, type Session } from '../../src/server/index.ts'
import { defaultSubscriptionId } from '../../src/world/default-world.ts'
import type { World } from '../../src/world/world-schema.ts'

export interface TestPlatform {
  readonly platform: Platform
  /** `https://localhost:PORT`: all endpoints. */
  readonly url: string
  /** `http://127.0.0.1:PORT`: the metadata endpoint of VM web-1. */
  readonly metadataUrl: string
  readonly certificateAuthority: string
  readonly session: Session
  close(): Promise<void>
}

export const groupId = `/subscriptions/${defaultSubscriptionId}/resourceGroups/lanyard`
export const machineId = `${groupId}/providers/Microsoft.Compute/virtualMachines/web-1`

interface TestPlatformOptions {
  /** Milliseconds since the epoch. */
  readonly clock?: () => number
  /** Refuse hosts that are not served: true when left out, so that no test reaches the network. */
  readonly offline?: boolean
  readonly proxyForUrl?: (url: string) => string
  /** What new ids are, for tests that show them. */
  readonly newGuid?: () => string
}

/** A real platform on real ports, its state in memory. */
export async function startTestPlatform(world?: World, options: TestPlatformOptions = {}): Promise<TestPlatform> {
  const { clock, newGuid, offline = true, proxyForUrl = () => '' } = options
  const platform = await startPlatform({
    dataPath: undefined,
    world,
    offline,
    proxyForUrl,
    logger: pino({ level: 'silent' }),
    ...(clock && { clock }),
    ...(newGuid && { newGuid }),
  })
  const session = await openSession(platform, { machine: 'web-1', resourceGroup: undefined, application: undefined })
  const https = await platform.gateway.listenHttps({ port: 0 })
  const metadata = await platform.gateway.listenMetadata({ machineId: session.facts.machineId, port: 0 })
  return {
    platform,
    url: https.url,
    metadataUrl: metadata.url,
    certificateAuthority: session.facts.certificateAuthority,
    session,
    close: async () => {
      await Promise.all([https.close(), metadata.close(), session.close()])
      await platform.close()
    },
  }
}

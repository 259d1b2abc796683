// A platform with the default world, its metadata endpoint and its gateway on plain ports; prints where, as one line of JSON.
import { createLogger, openSession, startPlatform } from '../../src/server/index.ts'

const platform = await startPlatform({
  dataPath: undefined,
  world: undefined,
  offline: true,
  proxyForUrl: () => '',
  logger: createLogger('warn', process.stderr),
})
const session = await openSession(platform, { machine: undefined, resourceGroup: undefined, application: undefined })
const metadata = await platform.gateway.listenMetadata({ machineId: session.facts.machineId, port: 0 })
console.log(
  JSON.stringify({
    metadataUrl: metadata.url,
    gatewayUrl: session.facts.proxyUrl,
    tenantId: platform.tenantId,
    clientId: platform.administrator.caller.clientId,
    secret: platform.administrator.secret,
  }),
)

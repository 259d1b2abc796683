// A platform as `lanyard up` keeps it, in the data directory that standard input names.
import { json } from 'node:stream/consumers'
import { controlSocketPath, createLogger, listenOnControlSocket, startPlatform } from '../../src/server/index.ts'

const { data } = (await json(process.stdin)) as { data: string }
const logger = createLogger('warn', process.stderr)
const platform = await startPlatform({ dataPath: data, world: undefined, offline: true, proxyForUrl: () => '', logger })
await listenOnControlSocket(platform, controlSocketPath(data))
const [machine] = await platform.findMachines('web-1', undefined)
const metadata = await platform.gateway.listenMetadata({ machineId: machine?.id ?? '', port: 0 })
console.log(JSON.stringify({ metadataUrl: metadata.url }))

import type { FastifyBaseLogger } from 'fastify'
import type { Gateway, Listener } from '../gateway/create-gateway.ts'

/** What following an extension needs of a platform. */
export interface ExtensionSource {
  readonly gateway: Pick<Gateway, 'listenVmExtension'>
  /** The port on which the extension of a machine answers by what is deployed; undefined while none is. */
  readonly extensionPort: (machineId: string) => Promise<number | undefined>
  /** Calls after every write, which waits for it. @returns stops calling */
  readonly onWrite: (follower: () => Promise<void>) => () => void
  readonly logger: Pick<FastifyBaseLogger, 'error'>
}

/** Where the extension of a machine answers now. */
export interface ExtensionState {
  /** As deployed; undefined while none is. */
  readonly port: number | undefined
  /** The port that this machine really listens on; undefined while none is deployed, or another program has the port. */
  readonly listening: number | undefined
}

/** The VM extension of a machine, as long as a session of the machine lasts. */
export interface FollowedExtension {
  state(): ExtensionState
  /** Told after each change. @returns stops telling */
  onChange(told: (state: ExtensionState) => void): () => void
  close(): Promise<void>
}

/**
 * Opens the address of a machine's VM extension while the extension is deployed, and closes it when it is not: after each write it is
 * looked at again, before the writer is answered.
 * @param elsewhere whether a free port is taken where the deployed one is another program's, for a host that tells its code which
 */
export async function followExtension(
  source: ExtensionSource,
  machineId: string,
  { elsewhere = false }: { readonly elsewhere?: boolean } = {},
): Promise<FollowedExtension> {
  const listeners = new Set<(state: ExtensionState) => void>()
  let state: ExtensionState = { port: undefined, listening: undefined }
  let listener: Listener | undefined
  /** What was listened on when the port was another program's: the code was told of it, so it stays. */
  let spare = 0
  let isClosed = false

  async function open(port: number): Promise<Listener | undefined> {
    const usual = await source.gateway.listenVmExtension({ machineId, port }).catch(undefinedWhereInUse)
    if (usual || !elsewhere) return usual
    return source.gateway.listenVmExtension({ machineId, port: spare })
  }

  async function look(): Promise<void> {
    const port = isClosed ? undefined : await source.extensionPort(machineId)
    if (port === state.port) return
    await listener?.close()
    listener = port === undefined ? undefined : await open(port)
    if (listener && listener.port !== port) spare = listener.port
    state = { port, listening: listener?.port }
    for (const told of listeners) told(state)
  }

  let last: Promise<void> = look()
  await last
  /** One after the other: two writes at once must not open the port twice. */
  function lookAgain(): Promise<void> {
    last = last
      .then(look)
      .catch((error: unknown) => source.logger.error({ err: error, machineId }, 'the extension was not followed'))
    return last
  }
  const stop = source.onWrite(lookAgain)
  return {
    state: () => state,
    onChange(told) {
      listeners.add(told)
      return () => void listeners.delete(told)
    },
    async close() {
      stop()
      isClosed = true
      listeners.clear()
      await lookAgain()
    },
  }
}

function undefinedWhereInUse(error: unknown): undefined {
  const { code } = error as NodeJS.ErrnoException
  // A port below 1024 is another's as well, for who is not root.
  if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
}

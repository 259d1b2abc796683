import type { FastifyBaseLogger } from 'fastify'
import { pino, type DestinationStream } from 'pino'

/**
 * The log of a platform: JSON lines without secrets.
 * @param level `info` for a standing platform, `warn` below a command that is the user's own
 */
export function createLogger(level: 'info' | 'warn', destination: DestinationStream): FastifyBaseLogger {
  return pino(
    { level, base: null, redact: { paths: ['req.headers', '*.authorization', '*.client_secret'], remove: true } },
    destination,
  )
}

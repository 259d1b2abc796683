import type { IncomingMessage, ServerResponse } from 'node:http'

/** What the gateway knows of a request besides its bytes. */
export interface Origin {
  /** ARM id of the virtual machine whose listener the request came in by; undefined for the platform's own listeners. */
  readonly machineId: string | undefined
  /** `https://management.azure.com`, `https://localhost:8443`, `http://169.254.169.254`, …: how the client addressed the endpoint. */
  readonly baseUrl: string
}

/**
 * One endpoint of the house. The gateway has set `request.url` to the normalised path and query (see gateway/normalise-path.ts).
 */
export type Endpoint = (request: IncomingMessage, response: ServerResponse, origin: Origin) => void

/** The clock, passed in so that tests never depend on it: milliseconds since the epoch. */
export type Clock = () => number

/** Random lower-case GUIDs, passed in. */
export type NewGuid = () => string

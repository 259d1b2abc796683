import type { SeenRequest } from '../server/watched-endpoint.ts'

/** Which requests: those that have these properties, or those that a function picks. */
export type RequestMatch = Partial<SeenRequest> | ((request: SeenRequest) => boolean)

/** The requests that the platform's endpoints got, in the order in which they came. They hold no token and no secret. */
export interface RequestLog {
  readonly all: readonly SeenRequest[]
  matching(match: RequestMatch): readonly SeenRequest[]
  /** The first that matches and is over; waits for one when there is none yet. */
  waitFor(match: RequestMatch): Promise<SeenRequest>
  clear(): void
}

interface Waiting {
  readonly picks: (request: SeenRequest) => boolean
  readonly resolve: (request: SeenRequest) => void
  readonly reject: (error: Error) => void
}

/** A log, what it is told by, and how it ends. */
export function createRequestLog() {
  let all: SeenRequest[] = []
  const over = new WeakSet<SeenRequest>()
  let waiting: readonly Waiting[] = []
  const log: RequestLog = {
    get all() {
      return all
    },
    matching: (match) => all.filter(picker(match)),
    waitFor(match) {
      const picks = picker(match)
      const found = all.find((request) => over.has(request) && picks(request))
      if (found) return Promise.resolve(found)
      return new Promise((resolve, reject) => {
        waiting = [...waiting, { picks, resolve, reject }]
      })
    },
    clear: () => {
      all = []
    },
  }
  return {
    log,
    onRequest(request: SeenRequest, isOver: boolean) {
      if (!isOver) {
        all.push(request)
        return
      }
      over.add(request)
      const [answered, rest] = [waiting.filter(({ picks }) => picks(request)), waiting.filter(({ picks }) => !picks(request))]
      waiting = rest
      for (const { resolve } of answered) resolve(request)
    },
    end() {
      for (const { reject } of waiting) reject(new Error('The platform was closed before a request came that matches.'))
      waiting = []
    },
  }
}

function picker(match: RequestMatch): (request: SeenRequest) => boolean {
  if (typeof match === 'function') return match
  const wanted = Object.entries(match)
  return (request) => wanted.every(([name, value]) => request[name as keyof SeenRequest] === value)
}

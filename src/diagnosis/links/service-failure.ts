import type { Reply } from '../../api-client/index.ts'
import { isOnLanyard, type Failure, type Surroundings } from '../link.ts'

const reasons: Readonly<Record<number, string>> = {
  404: 'has nothing at this path',
  408: 'took too long',
  410: 'is being updated; Azure has it back within 70 seconds',
  429: 'is asked for too much in too short a time',
}

/** Statuses by which a service says that it cannot serve the request now, whatever the request is. */
export function isFailing({ status }: Reply): boolean {
  return status === 404 || status === 408 || status === 410 || status === 429 || status >= 500
}

/**
 * A service that is there and does not serve.
 * @param name as a sentence begins: `The metadata service`
 */
export function serviceFailure(
  surroundings: Surroundings,
  name: string,
  reply: Pick<Reply, 'status' | 'statusText' | 'headers'>,
): Failure {
  const { status, statusText, headers } = reply
  const wait = headers.get('retry-after')
  const why = reasons[status] ?? 'failed'
  return {
    state: 'failed',
    class: 'service-failing',
    detail: `${name} answered ${status} ${statusText}`.trimEnd(),
    cause: `${name} is reached, and ${why}${wait === null ? '' : `. It asks to be left alone for ${wait} s`}.`,
    fixes: isOnLanyard(surroundings)
      ? [
          {
            summary: 'It fails on purpose, by a fault. Take the faults away.',
            lanyard: 'lanyard fault list\nlanyard fault clear',
          },
        ]
      : [
          {
            summary: 'It passes: ask again later, and each time after a longer while.',
            az: `sleep ${wait ?? '70'}\nlanyard doctor`,
          },
        ],
  }
}

/** A service that took the connection, or the packets, and said nothing. */
export function noAnswerInTime(surroundings: Surroundings, name: string, reason: string): Failure {
  return {
    state: 'failed',
    class: 'service-failing',
    detail: `${name} did not answer: ${reason}`,
    cause: `${name} does not answer this request, although the address is reached.`,
    fixes: isOnLanyard(surroundings)
      ? [
          {
            summary: 'A fault keeps or cuts its answers. Take the faults away.',
            lanyard: 'lanyard fault list\nlanyard fault clear',
          },
        ]
      : [
          {
            summary: 'Ask again; if it goes on, restart the machine.',
            az: 'sleep 70\nlanyard doctor',
            portal: 'Virtual machine > Help > Resource health',
          },
        ],
  }
}

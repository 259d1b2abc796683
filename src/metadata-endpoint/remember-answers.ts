import type { IncomingMessage } from 'node:http'
import type { Clock, Origin } from '../http/endpoint.ts'
import { isDirectMetadataRequest } from './imds.ts'
import type { MetadataAnswer } from './metadata-answer.ts'

const largestSize = 1_000

/** An answerer that has its sources already. */
export type BoundAnswerer = (request: IncomingMessage, origin: Origin) => MetadataAnswer | Promise<MetadataAnswer>

/**
 * Gives a good answer again within the second in which it was given: programs ask for their token before every call, in the
 * same words, and within a second nothing of the answer changes (`expires_in` counts seconds), unless something was written.
 * A request whose headers are not in order is never answered from memory, so no refusal is passed by. What is given again is
 * counted in its tally.
 * @param clock milliseconds since the epoch
 * @param revision another number after every write to what the answers are made of
 */
export function rememberAnswers(answer: BoundAnswerer, clock: Clock, revision: () => number): BoundAnswerer {
  const answers = new Map<string, MetadataAnswer>()
  let second = 0
  let asOf = 0

  function isNow(): boolean {
    return second === Math.floor(clock() / 1000) && asOf === revision()
  }

  return (request, origin) => {
    if (request.method !== 'GET' || !isDirectMetadataRequest(request)) return answer(request, origin)
    if (!isNow() || answers.size >= largestSize) {
      answers.clear()
      second = Math.floor(clock() / 1000)
      asOf = revision()
    }
    const key = `${origin.machineId ?? ''} ${request.url ?? ''}`
    const known = answers.get(key)
    if (known === undefined) return answerAndKeep()
    if (known.tally) known.tally.count += 1
    return known

    async function answerAndKeep(): Promise<MetadataAnswer> {
      const [begunSecond, begunAsOf] = [second, asOf]
      const given = await answer(request, origin)
      // What was written meanwhile may or may not be in it.
      if (given.status === 200 && !given.momentary && second === begunSecond && asOf === begunAsOf && isNow())
        answers.set(key, given)
      return given
    }
  }
}

/** `lanyard/testing`: a platform inside a test. */
export {
  startLanyard,
  type Administrator,
  type Answer,
  type Authority,
  type Lanyard,
  type LanyardOptions,
} from './start-lanyard.ts'
export type { TestMachine } from './machine.ts'
export type { Duration, TestClock } from './test-clock.ts'
export type { RequestLog, RequestMatch } from './request-log.ts'
export type { SeenRequest } from '../server/watched-endpoint.ts'
export type { AddedFault } from '../faults/create-faults.ts'
export type { Fault, FaultInput } from '../faults/fault-schema.ts'
export type { WorldInput } from '../world/world-schema.ts'

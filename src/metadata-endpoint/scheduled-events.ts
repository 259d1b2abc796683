import type { IncomingMessage } from 'node:http'
import type { MachineFacts, MachineEvents } from '../machines/machine.ts'
import { jsonAnswer, type MetadataAnswer } from './metadata-answer.ts'
import { badRequest } from './metadata-errors.ts'
import { readForm } from './read-form.ts'

/** Versions of the events, oldest first, with what each brought (wire.md D.2). They are not those of the rest of the service. */
export const eventVersions: ReadonlySet<string> = new Set([
  '2017-08-01',
  '2017-11-01',
  '2019-01-01',
  '2019-04-01',
  '2019-08-01',
  '2020-07-01',
])

/** The events of a machine as one version shows them. */
export function describeEvents(
  { resource }: MachineFacts,
  { incarnation, events }: ReturnType<MachineEvents['of']>,
  version: string,
): MetadataAnswer {
  const document = jsonAnswer({
    DocumentIncarnation: incarnation,
    Events: events.map((event) => ({
      EventId: event.id,
      EventStatus: event.status,
      EventType: event.type,
      ResourceType: 'VirtualMachine',
      Resources: [resource.id.split('/').at(-1)],
      // RFC 1123; an event that has started has no time before which it does not.
      NotBefore: event.status === 'Started' ? '' : new Date(event.notBefore).toUTCString(),
      ...(version >= '2019-04-01' && { Description: event.description }),
      ...(version >= '2019-08-01' && { EventSource: event.source }),
      ...(version >= '2020-07-01' && { DurationInSeconds: event.duration }),
    })),
  })
  return { ...document, momentary: true }
}

/** Lets the events start that the body names: the machine is ready for them. */
export async function startEvents(
  request: IncomingMessage,
  { resource }: MachineFacts,
  events: MachineEvents,
): Promise<MetadataAnswer> {
  const ids = eventIds(await readForm(request))
  if (ids === undefined) return badRequest('The body must be JSON with StartRequests, a list of objects with an EventId')
  const unknown = ids.filter((id) => !events.start(resource.id, id))
  if (unknown.length > 0) return badRequest(`There is no event ${unknown.join(', ')} for this machine`)
  return { status: 200, body: '' }
}

function eventIds(text: string | undefined): readonly string[] | undefined {
  try {
    const body = JSON.parse(text ?? '') as { StartRequests?: unknown } | null
    const requests: unknown = body?.StartRequests
    if (!Array.isArray(requests)) return undefined
    const ids = requests.map((one: { EventId?: unknown } | null) => one?.EventId)
    return ids.every((id) => typeof id === 'string') ? ids : undefined
  } catch {
    return undefined
  }
}

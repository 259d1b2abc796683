import type { Command } from 'commander'
import * as z from 'zod/mini'
import { ApiError, apiVersions, subscriptionPath, UnexpectedAnswerError, type AuthorizedClient } from '../../api-client/index.ts'
import { activityEvents, type ActivityEventItem } from '../../contracts/activity-event.ts'
import { subscriptions } from '../../contracts/subscription.ts'
import type { CommandIo } from '../command-io.ts'
import { apiClients } from '../session/api-clients.ts'
import { lastSegment, logCommand, shownTime, sinceWhen, writeLog, type LogOptions } from './log-options.ts'

const page = z.looseObject({ value: activityEvents, nextLink: z.nullish(z.string()) })
const logPath = '/providers/Microsoft.Insights/eventtypes/management/values'

/** `lanyard logs activity` */
export function activity(io: CommandIo): Command {
  return logCommand('activity', 'What was written, or was refused, at the control plane', [
    'logs activity --since 1h',
    'logs activity --failed --principal web-1',
    'logs activity -o json --query "[].{operation:operationName.value, by:caller}"',
  ]).action(async (options: LogOptions) => {
    const { arm } = await apiClients(io, options.data)
    await writeLog(io, await read(arm, options, sinceWhen(options.since, io.clock())), options, toRow)
  })
}

/** Of every subscription that is seen, and of what is in none. @param from milliseconds since the epoch */
async function read(arm: AuthorizedClient, options: LogOptions, from: number | undefined): Promise<readonly ActivityEventItem[]> {
  const seen = subscriptions.parse(await arm.list(`/subscriptions?api-version=${apiVersions.subscriptions}`))
  const scopes = ['', ...seen.map(({ subscriptionId }) => subscriptionPath(subscriptionId))]
  const found: ActivityEventItem[] = []
  for (const scope of scopes) found.push(...(await readScope(arm, scope, options, from)))
  return found.toSorted((one, other) => (one.eventTimestamp < other.eventTimestamp ? 1 : -1)).slice(0, options.top)
}

async function readScope(
  arm: AuthorizedClient,
  scope: string,
  options: LogOptions,
  from: number | undefined,
): Promise<readonly ActivityEventItem[]> {
  const conditions = [
    ...(from === undefined ? [] : [`eventTimestamp ge '${new Date(from).toISOString()}'`]),
    ...(options.failed ? ["status eq 'Failed'"] : []),
  ]
  const query = new URLSearchParams({
    'api-version': '2015-04-01',
    ...(conditions.length > 0 && { $filter: conditions.join(' and ') }),
  })
  const found: ActivityEventItem[] = []
  for (let next: string | null | undefined = `${scope}${logPath}?${query}`; next && found.length < options.top;) {
    const answer = await arm.call({ method: 'GET', path: next }).catch((error: unknown) => {
      // Who sees a subscription need not see what is above it, and what was read is worth showing.
      if (error instanceof ApiError && error.status === 403) return { value: [] }
      throw error
    })
    const parsed = page.safeParse(answer)
    if (!parsed.success) throw new UnexpectedAnswerError('Resource Manager answered something that is no activity log.')
    found.push(...parsed.data.value.filter((event) => isWanted(event, options)))
    next = parsed.data.nextLink
  }
  return found
}

function isWanted(event: ActivityEventItem, { machine, principal }: LogOptions): boolean {
  const means = (wanted: string, ids: readonly (string | null | undefined)[]) =>
    ids.some((id) => [id, id && lastSegment(id)].some((one) => one?.toLowerCase() === wanted.toLowerCase()))
  const { oid, appid, upn, xms_mirid: managedBy } = claimsOf(event)
  return (
    (machine === undefined || means(machine, [event.properties?.['lanyardMachineId'], event.resourceId])) &&
    (principal === undefined || means(principal, [event.caller, oid, appid, upn, managedBy]))
  )
}

function claimsOf(event: ActivityEventItem): Readonly<Partial<Record<string, string>>> {
  return (event['claims'] ?? {}) as Readonly<Record<string, string>>
}

function toRow(event: ActivityEventItem): Readonly<Record<string, string>> {
  const { upn, xms_mirid: managedBy } = claimsOf(event)
  return {
    Time: shownTime(event.eventTimestamp),
    Caller: upn ?? (managedBy === undefined ? (event.caller ?? '') : lastSegment(managedBy)),
    Operation: event.operationName.value,
    Resource: lastSegment(event.resourceId ?? ''),
    Status: event.status.value,
    Answer: event.subStatus?.value ?? '',
    RequestId: event.properties?.['serviceRequestId'] ?? '',
  }
}

import type { Command } from 'commander'
import * as z from 'zod/mini'
import { quoted, UnexpectedAnswerError, type AuthorizedClient } from '../../api-client/index.ts'
import { signIns as signInItems, type SignInItem } from '../../contracts/sign-in.ts'
import type { CommandIo } from '../command-io.ts'
import { apiClients } from '../session/api-clients.ts'
import { lastSegment, logCommand, shownTime, sinceWhen, writeLog, type LogOptions } from './log-options.ts'

/** The most that Graph gives at once. */
const largestPage = 999

const page = z.looseObject({ value: signInItems, '@odata.nextLink': z.nullish(z.string()) })

/** `lanyard logs sign-ins` */
export function signIns(io: CommandIo): Command {
  return logCommand('sign-ins', 'Tokens that were issued or refused', [
    'logs sign-ins --since 1h',
    'logs sign-ins --failed --machine web-1',
    'logs sign-ins --principal orders -o json --query "[].lanyard.claims"',
  ]).action(async (options: LogOptions) => {
    const { graph } = await apiClients(io, options.data)
    await writeLog(io, await read(graph, options, filterOf(options, io.clock())), options, toRow)
  })
}

async function read(graph: AuthorizedClient, { top }: LogOptions, filter: string): Promise<readonly SignInItem[]> {
  const query = new URLSearchParams({ $top: String(Math.min(top, largestPage)), ...(filter !== '' && { $filter: filter }) })
  const items: SignInItem[] = []
  for (let next: string | null | undefined = `/beta/auditLogs/signIns?${query}`; next && items.length < top;) {
    const parsed = page.safeParse(await graph.call({ method: 'GET', path: next }))
    if (!parsed.success) throw new UnexpectedAnswerError('Microsoft Graph answered something that is no sign-in log.')
    items.push(...parsed.data.value)
    next = parsed.data['@odata.nextLink']
  }
  return items.slice(0, top)
}

/** @param now milliseconds since the epoch */
function filterOf({ machine, principal, since, failed }: LogOptions, now: number): string {
  const from = sinceWhen(since, now)
  const named = ['servicePrincipalName', 'servicePrincipalId', 'appId', 'userPrincipalName', 'userId']
  return [
    ...(from === undefined ? [] : [`createdDateTime ge ${new Date(from).toISOString()}`]),
    ...(failed ? ['status/errorCode ne 0'] : []),
    ...(machine === undefined
      ? []
      : [
          machine.startsWith('/')
            ? `lanyard/machineId eq ${quoted(machine)}`
            : `endswith(lanyard/machineId,${quoted(`/${machine}`)})`,
        ]),
    ...(principal === undefined ? [] : [`(${named.map((name) => `${name} eq ${quoted(principal)}`).join(' or ')})`]),
  ].join(' and ')
}

function toRow(item: SignInItem): Readonly<Record<string, string | number>> {
  const { errorCode } = item.status
  return {
    Time: shownTime(item.createdDateTime),
    Principal: item.servicePrincipalName ?? item.userPrincipalName ?? item.appId ?? '',
    Machine: lastSegment(item.lanyard.machineId ?? ''),
    Resource: item.resourceId ?? '',
    Result: errorCode === 0 ? 'Success' : String(errorCode),
    Count: item.lanyard.count,
    RequestId: item.id,
  }
}

import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { concernsPrincipal, type Refusal } from '../logs/refusal.ts'
import { ArmError } from './arm-error.ts'
import type { ListCall, Route } from './route.ts'
import { readLogsAction } from './activity-log.ts'

const type = 'Lanyard.Diagnostics/requests'

/** Why a request was refused. One that the caller may not know of is answered like one that does not exist. */
async function explain({ services, visibility, names: { request = '' } }: ListCall): Promise<object> {
  const found = await services.logs.findRefusal(request)
  const isSeen =
    found !== undefined &&
    (concernsPrincipal(found, visibility.caller.objectId) || visibility.allows(readLogsAction, parseResourceId(found.scope)))
  if (!isSeen) {
    throw new ArmError(404, 'RequestNotFound', `There is no refused request with the id '${request.slice(0, 100)}'.`)
  }
  return view(found)
}

function view({ requestId, time, scope, ...facts }: Refusal): object {
  return {
    id: `/providers/${type}/${requestId}`,
    name: requestId,
    type,
    properties: { time: new Date(time).toISOString(), ...facts, ...(scope !== '/' && { scope }) },
  }
}

export const diagnosticsRoutes: readonly Route[] = [
  { method: 'GET', pattern: `|/providers/${type}/:request`, open: true, handle: explain },
  {
    method: 'GET',
    pattern: '|/providers/Lanyard.Diagnostics/changes/latest',
    open: true,
    handle: async ({ services }) => ({
      id: '/providers/Lanyard.Diagnostics/changes/latest',
      name: 'latest',
      type: 'Lanyard.Diagnostics/changes',
      properties: await services.latestChanges(),
    }),
  },
]

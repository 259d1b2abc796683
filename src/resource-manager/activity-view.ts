import { STATUS_CODES } from 'node:http'
import type { ActivityEvent } from '../logs/activity-event.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'

const localizable = (value: string, localizedValue = value) => ({ value, localizedValue })

/** Ticks of .NET, 100 ns since year 1, at the epoch: the ids of events end in them. */
const ticksAtEpoch = 621_355_968_000_000_000n

export function levelOf({ status }: Pick<ActivityEvent, 'status'>): 'Informational' | 'Error' {
  return status === 'Failed' ? 'Error' : 'Informational'
}

/** An event in Azure's shape, `EventData` (Monitor REST API, Activity Logs - List). */
export function viewActivityEvent(event: ActivityEvent, tenantId: string): Readonly<Record<string, unknown>> {
  const { caller, action, scope, status, httpStatus, errorCode, message } = event
  const id = parseResourceId(scope)
  const [provider = ''] = action.split('/')
  const type = action.split('/').slice(0, -1).join('/')
  const statusName = httpStatus === undefined ? '' : (STATUS_CODES[httpStatus] ?? '').replaceAll(' ', '')
  const time = new Date(event.time).toISOString()
  return {
    authorization: { action, scope },
    caller: caller.userPrincipalName ?? caller.objectId,
    channels: 'Operation',
    claims: event.claims,
    correlationId: event.correlationId,
    description: '',
    eventDataId: event.id,
    eventName: localizable('EndRequest', 'End request'),
    category: localizable('Administrative'),
    eventTimestamp: time,
    id: `${id.kind === 'tenant' ? '' : scope}/events/${event.id}/ticks/${BigInt(event.time) * 10_000n + ticksAtEpoch}`,
    level: levelOf(event),
    operationId: event.requestId,
    operationName: localizable(action),
    resourceGroupName: id.resourceGroup ?? '',
    resourceProviderName: localizable(provider),
    resourceType: localizable(type),
    resourceId: scope,
    status: localizable(status),
    subStatus:
      httpStatus === undefined
        ? localizable('')
        : localizable(statusName, `${STATUS_CODES[httpStatus] ?? ''} (HTTP Status Code: ${httpStatus})`),
    submissionTimestamp: time,
    subscriptionId: id.subscriptionId ?? '',
    tenantId,
    httpRequest: {
      clientRequestId: event.clientRequestId ?? '',
      clientIpAddress: event.clientIpAddress ?? '',
      method: event.method ?? '',
      uri: event.uri ?? '',
    },
    properties: {
      ...(httpStatus !== undefined && { statusCode: statusName }),
      serviceRequestId: event.requestId,
      ...(errorCode !== undefined && {
        statusMessage: JSON.stringify({ error: { code: errorCode, message: message ?? '' } }),
      }),
      eventCategory: 'Administrative',
      entity: scope,
      message: action,
      ...(event.machineId !== undefined && { lanyardMachineId: event.machineId }),
    },
    relatedEvents: [],
  }
}

/** Names of everything that `$select` may ask for. */
export const activityFields: readonly string[] = Object.keys(
  viewActivityEvent(
    {
      id: '',
      time: 0,
      caller: { objectId: '', clientId: '', userPrincipalName: undefined },
      claims: {},
      action: '',
      scope: '/',
      status: 'Succeeded',
      httpStatus: undefined,
      errorCode: undefined,
      message: undefined,
      requestId: '',
      correlationId: '',
      clientRequestId: undefined,
      clientIpAddress: undefined,
      method: undefined,
      uri: undefined,
      machineId: undefined,
    },
    '',
  ),
)

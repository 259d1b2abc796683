import type { FastifyReply, FastifyRequest } from 'fastify'
import { originOf, type ErrorAnswer } from '../http/http-app.ts'
import type { LogRecorder } from '../logs/create-logs.ts'
import type { Refusal } from '../logs/refusal.ts'

type Advice = Pick<Refusal, 'cause' | 'remedy'>

const advice: Readonly<Record<string, Advice>> = {
  InvalidAuthenticationToken: {
    cause: 'The token is missing, or it is no good token for Microsoft Graph.',
    remedy: 'Send a token for https://graph.microsoft.com/: az account get-access-token --resource https://graph.microsoft.com/.',
  },
  Authorization_IdentityNotFound: {
    cause:
      'The token is good, and its principal is not there any more: the identity was switched off, or what it belongs to was deleted.',
    remedy: 'Sign in again: az login --identity.',
  },
  Authorization_RequestDenied: {
    cause: 'Nobody may write to the directory by Graph here.',
    remedy: 'Add the application to lanyard.yaml.',
  },
}

/** Writes a refusal of Graph down, under the request id that its answer carries. */
export function recordRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: ErrorAnswer,
  { recorder, now, callerId }: { recorder: LogRecorder; now: number; callerId: string | undefined },
): void {
  const { code, message } = (answer.body as { error: { code: string; message: string } }).error
  const { machineId } = originOf(request)
  recorder.refusal({
    requestId: request.id,
    correlationId: String(reply.getHeader('client-request-id') ?? request.id),
    time: now,
    endpoint: 'graph',
    method: request.method,
    path: request.url.split('?', 1)[0] ?? '/',
    status: answer.status,
    code,
    message: message.slice(0, 2000),
    ...(callerId !== undefined && { caller: { objectId: callerId } }),
    ...(machineId !== undefined && { machine: { id: machineId, identities: [] } }),
    scope: '/',
    ...(advice[code] ?? { cause: 'The message says it.', remedy: 'Change the request as the message says, and send it again.' }),
  })
}

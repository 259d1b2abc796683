import { Command } from 'commander'
import type { CommandIo } from '../command-io.ts'
import { askingCommand, askPlatform, type AskingOptions } from '../platform/ask-platform.ts'

interface AddOptions extends AskingOptions {
  readonly endpoint?: string
  readonly machine?: string
  readonly path?: string
  readonly resource?: string
  readonly requests?: string
  readonly retryAfter?: string
  readonly perSecond?: string
  readonly duration?: string
  readonly message?: string
}

const table = '[].{Id:id, Kind:kind, Status:status, Endpoint:endpoint, Requests:requests, Seen:seen, Struck:struck}'

/** `lanyard fault`: what goes wrong on purpose at the running platform. */
export function createCommand(io: CommandIo): Command {
  const add = askingCommand('add', 'add a fault to the running platform', [
    'fault add 429 --requests "next 3" --retry-after 2',
    'fault add 503 --endpoint resource-manager --path /subscriptions',
    'fault add throttle --machine web-1',
    'fault add token-lifetime --duration 2m',
    'fault add stale-access',
    'fault add extension-failure --machine web-1 --requests first',
  ])
    .argument(
      '<kind>',
      '404, 410, 429, 500, 503, hang, drop, malformed, throttle, token-lifetime, late-expires-on, early-refusal, stale-access, identity-delay, principal-delay or extension-failure',
    )
    .option('--endpoint <name>', 'metadata (when left out), token-endpoint, resource-manager or graph')
    .option('--machine <name>', 'only requests of this machine')
    .option('--path <path>', 'only requests whose path begins so')
    .option('--resource <audience>', 'only token requests for this audience')
    .option('--requests <which>', 'every (when left out), first, 3, 2-4 or "next 3"')
    .option('--retry-after <seconds>', 'Retry-After of an error')
    .option('--per-second <number>', 'requests a second that throttle lets through (5)')
    .option('--message <text>', 'what the machine reports when an extension fails')
    .option('--duration <duration>', 'of a fault that lasts: 90s, 10m, 24h')
    .action(async (kind: string, options: AddOptions) => {
      await askPlatform(io, options, { method: 'POST', path: '/faults', body: faultOf(kind, options) })
    })
  const list = askingCommand('list', 'list the faults, and how often they struck', ['fault list -o table']).action(
    async (options: AskingOptions) => askPlatform(io, options, { method: 'GET', path: '/faults', table }),
  )
  const remove = askingCommand('remove', 'remove a fault', ['fault remove 1'])
    .argument('<id>', 'its number in the list')
    .action(async (id: string, options: AskingOptions) =>
      askPlatform(io, options, { method: 'DELETE', path: `/faults/${encodeURIComponent(id)}`, table }),
    )
  const clear = askingCommand('clear', 'remove all faults', ['fault clear']).action(async (options: AskingOptions) =>
    askPlatform(io, options, { method: 'DELETE', path: '/faults', table }),
  )
  const command = new Command('fault').description('What goes wrong on purpose at the platform that `lanyard up` started.')
  for (const verb of [add, list, remove, clear]) command.addCommand(verb)
  return command
}

/** The fault that a command line describes, which the platform checks. */
function faultOf(kind: string, options: AddOptions): object {
  const { endpoint, machine, path, resource, requests, message } = options
  const what = /^\d+$/.test(kind) ? { kind: 'answer', status: Number(kind) } : { kind }
  const numbers = {
    retryAfter: number(options.retryAfter),
    perSecond: number(options.perSecond),
    duration: number(options.duration),
  }
  const all = Object.entries({ ...what, endpoint, machine, path, resource, requests, message, ...numbers })
  return Object.fromEntries(all.filter(([, value]) => value !== undefined))
}

function number(text: string | undefined): number | string | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : text
}

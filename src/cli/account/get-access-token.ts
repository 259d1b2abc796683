import { resourceManagerAudience } from '../../api-client/index.ts'
import { UsageError } from '../exit-codes.ts'
import { defineVerb } from '../verb.ts'

interface GetAccessTokenOptions {
  readonly resource?: string
  readonly scope?: readonly string[]
}

/** `lanyard account get-access-token`: the token is what was asked for, so it goes to the standard output. */
export const getAccessToken = defineVerb<GetAccessTokenOptions>({
  name: 'get-access-token',
  summary: 'Get a token for utilities to access Azure',
  examples: [
    'account get-access-token',
    'account get-access-token --resource https://vault.azure.net --query accessToken -o tsv',
  ],
  configure: (command) => {
    command
      .option('--resource <audience>', 'who the token is for; Resource Manager when left out')
      .option('--scope <scope...>', 'the same as a scope, for instance https://vault.azure.net/.default')
  },
  run: async (session, options) => {
    const account = await session.account()
    const token = await session.tokens(audienceOf(options))
    return {
      accessToken: token.accessToken,
      expiresOn: localTime(token.expiresOn),
      expires_on: token.expiresOn,
      ...(account.id === account.tenantId ? {} : { subscription: account.id }),
      tenant: account.tenantId,
      tokenType: token.tokenType,
    }
  },
})

function audienceOf({ resource, scope }: GetAccessTokenOptions): string {
  if (scope === undefined) return resource ?? resourceManagerAudience
  const [only, ...more] = scope
  if (resource !== undefined || only === undefined || more.length > 0) throw new UsageError("Give one '--scope' or '--resource'.")
  if (!only.endsWith('/.default'))
    throw new UsageError(`'${only}' is not a scope that an application can ask for: it ends in '/.default'.`)
  return only.slice(0, -'/.default'.length)
}

/** `2026-11-24 10:00:00.000000` in the machine's time zone, as `az` writes it. */
function localTime(epochSeconds: number): string {
  const time = new Date(epochSeconds * 1000)
  const two = (number: number) => String(number).padStart(2, '0')
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.000000`
}

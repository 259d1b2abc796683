import {
  createAuthorizedClient,
  createClientCredentialsSource,
  createManagedIdentitySource,
  createTransport,
  graphAudience,
  resourceManagerAudience,
  type AuthorizedClient,
  type TokenProvider,
  type TokenSource,
  type Transport,
} from '../../api-client/index.ts'
import type { CommandIo } from '../command-io.ts'
import { CommandFailedError } from '../exit-codes.ts'
import { readProfile, type Account, type Profile, type SignIn } from '../profile/profile.ts'
import { createTokenProvider } from '../profile/token-cache.ts'
import type { Messages } from './messages.ts'

/** What a command works with: messages, and the services as the signed-in identity. */
export interface Session {
  readonly io: CommandIo
  readonly messages: Messages
  readonly transport: Transport
  /** @throws CommandFailedError when nobody is signed in */
  profile(): Promise<Profile>
  /** The account of `--subscription`, else the default one. */
  account(): Promise<Account>
  tokens: TokenProvider
  readonly arm: AuthorizedClient
  readonly graph: AuthorizedClient
}

/** @param subscription name or id of `--subscription` */
export function createSession(io: CommandIo, messages: Messages, subscription: string | undefined): Session {
  const transport = createTransport({
    fetch: io.fetch,
    sleep: (time) => io.sleep(time),
    clock: () => io.clock(),
    onTrace: (line) => messages.debug(line),
  })
  const profile = async () => {
    const found = await readProfile(io)
    if (!found) throw new CommandFailedError("Please run 'lanyard login' to setup account.")
    return found
  }
  const tokens: TokenProvider = async (resource, options) => {
    const { signIn } = await profile()
    return createTokenProvider(io, createTokenSource(io, transport, signIn))(resource, options)
  }
  const client = (baseUrl: string, audience: string) =>
    createAuthorizedClient({ transport, baseUrl, audience, tokens, newGuid: () => io.newGuid(), sleep: (time) => io.sleep(time) })
  return {
    io,
    messages,
    transport,
    profile,
    account: async () => chooseAccount(await profile(), subscription),
    tokens,
    arm: client(io.endpoints.resourceManager, resourceManagerAudience),
    graph: client(io.endpoints.graph, graphAudience),
  }
}

/** Where the tokens of a sign-in come from. */
export function createTokenSource(io: CommandIo, transport: Transport, signIn: SignIn): TokenSource {
  const passed = { transport, clock: () => io.clock(), newGuid: () => io.newGuid() }
  if (signIn.kind === 'servicePrincipal')
    return createClientCredentialsSource({ ...passed, ...signIn, authority: io.endpoints.authority })
  return createManagedIdentitySource({ ...passed, metadata: io.endpoints.metadata, selector: signIn.selector, env: io.env })
}

/** @throws CommandFailedError when there is no such account */
export function chooseAccount(profile: Profile, subscription: string | undefined): Account {
  if (subscription === undefined) {
    const chosen = profile.accounts.find((account) => account.isDefault)
    if (!chosen) throw new CommandFailedError("No subscription found. Run 'lanyard account set' to select a subscription.")
    return chosen
  }
  const wanted = subscription.toLowerCase()
  const found = profile.accounts.filter((account) => account.id.toLowerCase() === wanted || account.name.toLowerCase() === wanted)
  const [first] = found
  if (!first)
    throw new CommandFailedError(`Subscription '${subscription}' not found. Check the spelling and casing and try again.`)
  if (found.length > 1) throw new CommandFailedError(`Subscription name '${subscription}' is not unique. Use its id.`)
  return first
}

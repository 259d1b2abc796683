import type { AuthorizedClient } from '../../api-client/index.ts'
import { defaultDataPath } from '../../server/data-path.ts'
import type { CommandIo } from '../command-io.ts'
import { CommandFailedError } from '../exit-codes.ts'
import { openOwnerSession } from '../platform/owner-session.ts'
import { readProfile } from '../profile/profile.ts'
import { createMessages } from './messages.ts'
import { createSession } from './session.ts'

export interface ApiClients {
  readonly arm: AuthorizedClient
  readonly graph: AuthorizedClient
}

/**
 * The services as whoever is signed in; where nobody is, or a data directory is named, those of the platform that is running there,
 * as its owner.
 * @param data the data directory that was named
 * @throws CommandFailedError when neither is to be had
 */
export async function apiClients(io: CommandIo, data: string | undefined): Promise<ApiClients> {
  const profile = data === undefined ? await readProfile(io) : undefined
  if (profile) return createSession(io, createMessages(io, {}), undefined)
  const owner = await openOwnerSession(io, data)
  if (owner) return owner
  const directory = data ?? defaultDataPath(io.env)
  throw new CommandFailedError(
    data === undefined
      ? `Nobody is signed in (lanyard login), and no platform is running with the data directory ${directory} (lanyard up).`
      : `No platform is running with the data directory ${directory}. Start one: lanyard up`,
  )
}

import path from 'node:path'
import * as z from 'zod/mini'
import type { AccessToken, TokenProvider, TokenSource } from '../../api-client/index.ts'
import type { CommandIo } from '../command-io.ts'
import { configurationDirectory, readJsonFile, removeFile, writePrivateJsonFile } from './configuration-directory.ts'

/** Seconds before its expiry from which a kept token is no longer used. */
const margin = 300
const cacheSchema = z.record(z.string(), z.object({ accessToken: z.string(), tokenType: z.string(), expiresOn: z.number() }))

/** Tokens of the signed-in identity by audience, kept between commands in a file that only its owner can read. */
export function createTokenProvider(io: CommandIo, source: TokenSource): TokenProvider {
  return async (resource, options) => {
    const now = io.clock() / 1000
    const kept = await readCache(io)
    const token = kept[resource]
    if (token && token.expiresOn - margin > now && !options?.renew) return token
    const fresh = await source(resource)
    const alive = Object.entries(kept).filter(([, each]) => each.expiresOn - margin > now)
    await writePrivateJsonFile(await cacheFile(io), { ...Object.fromEntries(alive), [resource]: fresh })
    return fresh
  }
}

/** Keeps this token of the identity that has just signed in, and forgets all others. */
export async function keepOnly(io: CommandIo, resource: string, token: AccessToken): Promise<void> {
  await writePrivateJsonFile(await cacheFile(io), { [resource]: token })
}

/** Forgets all kept tokens. */
export async function removeTokens(io: CommandIo): Promise<void> {
  await removeFile(await cacheFile(io))
}

/** A cache that cannot be read is an empty one. */
async function readCache(io: CommandIo): Promise<Record<string, AccessToken>> {
  const parsed = cacheSchema.safeParse(await readJsonFile(await cacheFile(io)).catch(() => undefined))
  return parsed.success ? parsed.data : {}
}

async function cacheFile(io: CommandIo): Promise<string> {
  return path.join(await configurationDirectory(io.env), 'tokens.json')
}

// On any host: which identity answers to each way of asking.
import { DefaultAzureCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity'
import { groupId, identityId, outcome, tell } from './story.ts'

const scope = 'https://management.azure.com/.default'

async function claims(credential: TokenCredential): Promise<Record<string, string>> {
  const { token } = (await credential.getToken(scope)) ?? { token: '' }
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, string>
}

/** @param make some are refused when they are made */
async function name(make: () => TokenCredential): Promise<string> {
  const { xms_mirid: id = '' } = await claims(make())
  const last = id.split('/').at(-1) ?? ''
  return id.includes('/userAssignedIdentities/') ? last : `system of ${last}`
}

// The ids of the identity, as its owner would look them up: by the resource manager.
const headers = { authorization: `Bearer ${(await new ManagedIdentityCredential().getToken(scope)).token}` }
const url = `https://management.azure.com${identityId('app')}?api-version=2023-01-31`
const found = (await (await fetch(url, { headers })).json()) as { properties?: { clientId: string; principalId: string } }
if (!found.properties) throw new Error(`${groupId} is not readable: ${JSON.stringify(found)}`)
const { clientId, principalId: objectId } = found.properties
tell({
  system: await outcome(name(() => new ManagedIdentityCredential())),
  byClientId: await outcome(name(() => new ManagedIdentityCredential({ clientId }))),
  byObjectId: await outcome(name(() => new ManagedIdentityCredential({ objectId }))),
  byResourceId: await outcome(name(() => new ManagedIdentityCredential({ resourceId: identityId('app') }))),
  byDefault: await outcome(name(() => new DefaultAzureCredential())),
})

import { DefaultAzureCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity'
import { identityId, outcome, tell } from './story.ts'

const scope = 'https://management.azure.com/.default'

async function claims(credential: TokenCredential, of = scope) {
  const { token, expiresOnTimestamp } = (await credential.getToken(of)) ?? { token: '', expiresOnTimestamp: 0 }
  const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>
  return { token, hoursLeft: Math.round((expiresOnTimestamp - Date.now()) / 3_600_000), ...payload }
}

const byResourceId = await claims(new ManagedIdentityCredential({ resourceId: identityId('app') }))
tell({
  system: await claims(new ManagedIdentityCredential()),
  vault: await claims(new ManagedIdentityCredential(), 'https://vault.azure.net/.default'),
  byResourceId,
  byClientId: await claims(new ManagedIdentityCredential({ clientId: String(byResourceId['appid' as never]) })),
  byObjectId: await claims(new ManagedIdentityCredential({ objectId: String(byResourceId['oid' as never]) })),
  byDefault: await claims(new DefaultAzureCredential()),
  notAssigned: await outcome(claims(new ManagedIdentityCredential({ resourceId: identityId('unassigned') }))),
  unknownClient: await outcome(claims(new ManagedIdentityCredential({ clientId: '6c616e79-6172-4400-8000-00000000dead' }))),
  unknownResource: await outcome(claims(new ManagedIdentityCredential(), 'https://nobody.example/.default')),
})

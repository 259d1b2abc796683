// In a pod: the identity that its service account is federated with, and the credentials through the management client.
import { ManagedServiceIdentityClient } from '@azure/arm-msi'
import {
  ClientAssertionCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
  type TokenCredential,
} from '@azure/identity'
import { all, outcome, subscriptionId, tell } from './story.ts'

const scope = 'https://management.azure.com/.default'
async function identity(credential: TokenCredential): Promise<string | undefined> {
  const { token } = (await credential.getToken(scope)) ?? { token: '' }
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    xms_mirid?: string
    appid: string
  }
  return claims.xms_mirid?.split('/').at(-1) ?? claims.appid
}

const { federatedIdentityCredentials: credentials } = new ManagedServiceIdentityClient(
  new WorkloadIdentityCredential(),
  subscriptionId,
)
const wanted = { issuer: 'https://issuer.example', subject: 's', audiences: ['api://AzureADTokenExchange'] }
const tenant = process.env['AZURE_TENANT_ID'] ?? ''
const exchange = async () => (await new ManagedIdentityCredential().getToken('api://AzureADTokenExchange/.default')).token
tell({
  workload: await outcome(identity(new WorkloadIdentityCredential())),
  byDefault: await outcome(identity(new DefaultAzureCredential())),
  otherIdentity: await outcome(identity(new WorkloadIdentityCredential({ clientId: '33333333-3333-4333-8333-333333333333' }))),
  byAssertion: await outcome(identity(new ClientAssertionCredential(tenant, '33333333-3333-4333-8333-333333333333', exchange))),
  made: await outcome(credentials.createOrUpdate('lanyard', 'pod', 'github', wanted)),
  repeated: await outcome(credentials.createOrUpdate('lanyard', 'pod', 'again', wanted)),
  listed: (await all(credentials.list('lanyard', 'pod'))).map(({ name }) => name),
  shown: (await credentials.get('lanyard', 'pod', 'github')).subject,
  deleted: await outcome(credentials.delete('lanyard', 'pod', 'github')),
  left: (await all(credentials.list('lanyard', 'pod'))).map(({ name }) => name),
})

import { ClientSecretCredential, DefaultAzureCredential, EnvironmentCredential } from '@azure/identity'
import { outcome, tell } from './story.ts'

const scope = 'https://management.azure.com/.default'
const { AZURE_TENANT_ID: tenant = '', AZURE_CLIENT_ID: client = '', AZURE_CLIENT_SECRET: secret = '' } = process.env
const appId = async (token: Promise<{ token: string }>) =>
  (JSON.parse(Buffer.from((await token).token.split('.')[1] ?? '', 'base64url').toString()) as { appid?: string }).appid

tell({
  client,
  fromEnvironment: await outcome(appId(new EnvironmentCredential().getToken(scope))),
  byDefault: await outcome(appId(new DefaultAzureCredential().getToken(scope))),
  bySecret: await outcome(appId(new ClientSecretCredential(tenant, client, secret).getToken(scope))),
  wrongSecret: await outcome(new ClientSecretCredential(tenant, client, 'not the secret').getToken(scope)),
  wrongTenant: await outcome(new ClientSecretCredential('6c616e79-6172-4400-8000-00000000dead', client, secret).getToken(scope)),
  unknownApplication: await outcome(
    new ClientSecretCredential(tenant, '6c616e79-6172-4400-8000-00000000dead', secret).getToken(scope),
  ),
})

import { ClientCertificateCredential, EnvironmentCredential } from '@azure/identity'
import { outcome, tell } from './story.ts'

const scope = 'https://management.azure.com/.default'
const { LANYARD_TEST_TENANT: tenant = '', LANYARD_TEST_PEM: pem = '', LANYARD_TEST_STRANGER: stranger = '' } = process.env
const client = '33333333-3333-4333-8333-333333333333'
const proof = async (token: Promise<{ token: string }>) =>
  (JSON.parse(Buffer.from((await token).token.split('.')[1] ?? '', 'base64url').toString()) as { appidacr?: string }).appidacr
Object.assign(process.env, { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client, AZURE_CLIENT_CERTIFICATE_PATH: pem })
tell({
  certificate: await outcome(proof(new ClientCertificateCredential(tenant, client, { certificatePath: pem }).getToken(scope))),
  fromEnvironment: await outcome(proof(new EnvironmentCredential().getToken(scope))),
  stranger: await outcome(new ClientCertificateCredential(tenant, client, { certificatePath: stranger }).getToken(scope)),
})

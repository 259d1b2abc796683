// oidc-provider with one client that may ask for signed access tokens in its own name. In JavaScript, so that the types of
// what is compared need not be installed for Lanyard's own checks.
import { generateKeyPairSync } from 'node:crypto'
import { Provider } from 'oidc-provider'

const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
const resource = 'https://management.azure.com/'
const provider = new Provider('http://127.0.0.1', {
  jwks: { keys: [{ ...key, use: 'sig', alg: 'RS256' }] },
  clients: [
    {
      client_id: 'bench',
      client_secret: 'a-secret-that-is-long-enough-for-all',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: 'all',
        audience: resource,
        accessTokenTTL: 3599,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
})
const server = provider.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }))
})

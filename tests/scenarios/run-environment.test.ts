import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { rootCertificates } from 'node:tls'
import { runLanyard } from '../support/run-lanyard.ts'
import { startProxy, type Proxy } from '../support/start-proxy.ts'

let folder = ''
let origin: http.Server
let proxy: Proxy
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'lanyard-environment-'))
  origin = http.createServer((_request, response) => response.end('the origin')).listen(0, '127.0.0.1')
  await once(origin, 'listening')
  proxy = await startProxy()
})
after(() => {
  origin.close()
  proxy.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Without the variables of whoever runs the tests. */
const bare = Object.fromEntries(
  ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'no_proxy']
    .concat(['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'JAVA_TOOL_OPTIONS'])
    .map((name) => [name, '']),
)

/** What `script` prints, run by Node as a machine below the environment `env`; it may use `get` and `print`. */
async function printed(script: string, env: NodeJS.ProcessEnv, ...options: readonly string[]): Promise<unknown> {
  const words = `const get = async (url, headers) => (await fetch(url, { headers })).text(); const print = (value) => console.log(JSON.stringify(value)); ${script}`
  const command = [process.execPath, '--input-type=module', '-e', words]
  const args = ['run', '-q', '--ephemeral', ...options, '--', ...command]
  const { code, stdout, stderr } = await runLanyard(args, { cwd: folder, env: { ...bare, ...env } })
  assert.equal(code, 0, stderr)
  return JSON.parse(stdout) as unknown
}

const signIn = `
  const imds = 'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/'
  const { access_token } = JSON.parse(await get(imds, { Metadata: 'true' }))
  const found = JSON.parse(await get('https://management.azure.com/subscriptions?api-version=2022-12-01', { Authorization: 'Bearer ' + access_token }))
  print(found.value.map((one) => one.displayName))`

test("a NO_PROXY of the user's does not lead past the platform", async () => {
  for (const none of ['*', 'management.azure.com,169.254.169.254'])
    assert.deepEqual(await printed(signIn, { NO_PROXY: none, no_proxy: none }, '--offline'), ['Lanyard'])
})

test("the user's own proxy is used for other hosts, and for none of those that are served", async () => {
  proxy.seen.length = 0
  assert.deepEqual(await printed(signIn, { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url }), ['Lanyard'])
  assert.deepEqual(proxy.seen, [])
  const { port } = origin.address() as AddressInfo
  const address = `http://shop.example:${port}/`
  assert.equal(await printed(`print(await get('${address}'))`, { http_proxy: proxy.url }), 'the origin')
  assert.deepEqual(proxy.seen, [{ line: `GET ${address}`, authorization: undefined }])
})

test("the user's NO_PROXY holds for their own hosts: such a host is reached directly", async () => {
  const { port } = origin.address() as AddressInfo
  proxy.seen.length = 0
  const env = { http_proxy: proxy.url, https_proxy: proxy.url, no_proxy: 'localtest.invalid' }
  const status = await printed(
    `print((await fetch('http://localtest.invalid:${port}/').catch(() => ({ status: 502 }))).status)`,
    env,
  )
  assert.equal(status, 502)
  assert.deepEqual(proxy.seen, [])
})

test('a platform that the user has signed in to elsewhere does not leak in, and their files stay untouched', async () => {
  const azure = path.join(folder, 'azure')
  mkdirSync(azure)
  writeFileSync(path.join(azure, 'azureProfile.json'), 'theirs')
  const theirs = {
    AZURE_CLIENT_ID: 'theirs',
    AZURE_CLIENT_SECRET: 'theirs',
    AZURE_TENANT_ID: 'theirs',
    AZURE_FEDERATED_TOKEN_FILE: 'theirs',
    AZURE_AUTHORITY_HOST: 'https://theirs.example',
    IDENTITY_ENDPOINT: 'http://theirs.example',
    MSI_ENDPOINT: 'http://theirs.example',
    AZURE_CONFIG_DIR: azure,
  }
  const names = Object.keys(theirs)
  const seen = (await printed(
    `print(${JSON.stringify(names)}.map((name) => process.env[name] ?? null))`,
    theirs,
    '--offline',
  )) as unknown[]
  assert.deepEqual(
    seen.slice(0, -1),
    names.slice(0, -1).map(() => null),
  )
  assert.match(String(seen.at(-1)), /lanyard-run-.*azure$/)
  assert.deepEqual(readdirSync(azure), ['azureProfile.json'])
  assert.equal(readFileSync(path.join(azure, 'azureProfile.json'), 'utf8'), 'theirs')
})

test('what the user trusts is trusted beside the authority of Lanyard', async () => {
  const [one = '', other = ''] = rootCertificates
  writeFileSync(path.join(folder, 'company.pem'), one)
  writeFileSync(path.join(folder, 'extra.pem'), other)
  const env = { SSL_CERT_FILE: path.join(folder, 'company.pem'), NODE_EXTRA_CA_CERTS: path.join(folder, 'extra.pem') }
  const read = (name: string) => `readFileSync(process.env.${name}, 'utf8')`
  const script = `import { readFileSync } from 'node:fs'; print([${read('SSL_CERT_FILE')}, ${read('NODE_EXTRA_CA_CERTS')}])`
  const [bundle = '', addition = ''] = (await printed(script, env, '--offline')) as string[]
  const certificatesIn = (pem: string) => pem.match(/BEGIN CERTIFICATE/g)?.length
  assert.ok(bundle.includes(one.trim()) && bundle.includes(other.trim()))
  assert.equal(certificatesIn(bundle), 3)
  assert.ok(addition.includes(other.trim()))
  assert.equal(certificatesIn(addition), 2)
})

test("the user's JAVA_TOOL_OPTIONS stay in front of ours", async () => {
  const seen = await printed(`print(process.env.JAVA_TOOL_OPTIONS)`, { JAVA_TOOL_OPTIONS: '-Dtheirs=1' }, '--offline')
  assert.match(String(seen), /^-Dtheirs=1 -Dhttp\.proxyHost=127\.0\.0\.1 .* -Djavax\.net\.ssl\.trustStore=\S+trust\.jks$/)
})

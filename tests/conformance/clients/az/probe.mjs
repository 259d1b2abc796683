// On one machine: which identity `az login --identity` signs in, by each way of naming it, or what az prints. One line of JSON.
import { spawnSync } from 'node:child_process'

const [program, flags, resourceId, clientId, objectId, stranger] = process.argv.slice(2)
// Up to 2.68 one flag takes whatever names an identity; later each kind has its own, and that one is for users.
const selector = flags === 'own' ? (kind, value) => [`--${kind}`, value] : (_, value) => ['--username', value]

/** What az prints to the standard output; its complaint is thrown. */
function az(...words) {
  const { status, stdout, stderr } = spawnSync(program, [...words, '--only-show-errors'], { encoding: 'utf8' })
  if (status === 0) return stdout.trim()
  throw Object.assign(new Error(stderr), { status })
}

function outcome(get) {
  try {
    return get()
  } catch (error) {
    return { failed: `exit ${error.status}`, message: error.message }
  }
}

function identity(login, ...token) {
  return outcome(() => {
    az('login', ...login, '-o', 'none')
    const payload = az('account', 'get-access-token', ...token, '--query', 'accessToken', '-o', 'tsv').split('.')[1]
    return JSON.parse(Buffer.from(payload, 'base64url').toString()).xms_mirid.split('/').at(-1)
  })
}

const nobody = ['--resource', 'https://nobody.example']
const read = () => az('rest', '--url', `${resourceId}?api-version=2023-01-31`, '--query', 'name', '-o', 'tsv')
const { AZURE_FEDERATED_TOKEN_FILE: file, AZURE_CLIENT_ID: pod, AZURE_TENANT_ID: tenant } = process.env
const told = {}
if (file === undefined) {
  told.clientId = identity(['--identity', ...selector('client-id', clientId)])
  told.objectId = identity(['--identity', ...selector('object-id', objectId)])
  told.resourceId = identity(['--identity', ...selector('resource-id', resourceId)])
  told.stranger = identity(['--identity', ...selector('client-id', stranger)])
  told.system = identity(['--identity'])
  told.read = outcome(read)
  told.unknownResource = typeof told.system === 'string' ? identity(['--identity'], ...nobody) : told.system
} else {
  const { readFileSync } = await import('node:fs')
  const as = (id) => ['--service-principal', '-u', id, '-t', tenant, '--federated-token', readFileSync(file, 'utf8')]
  told.stranger = identity(as(stranger))
  told.workload = identity(as(pod))
  told.read = outcome(read)
  told.unknownResource = identity(as(pod), ...nobody)
}
process.stdout.write(JSON.stringify(told))

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { explainRefusal } from '../../src/cli/platform/sandbox/refusal.ts'
import { runLanyard } from '../support/run-lanyard.ts'

const namespaces = spawnSync('unshare', ['-Urnm', '--pid', '--fork', 'ip', 'link'], { encoding: 'utf8' })
const skip = namespaces.status === 0 ? false : `no namespaces here: ${namespaces.stderr ?? namespaces.error?.message ?? ''}`

let folder = ''
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lanyard-connect-test-'))
  writeFileSync(
    path.join(folder, 'world.yaml'),
    `subscriptions:
  - name: Connect
    id: 6c616e79-6172-4400-8000-0000000000e2
    resourceGroups:
      - name: lanyard
        virtualMachines: [{ name: web-1 }, { name: web-2 }]
        machines: [{ name: far, host: arc }, { name: site, host: app-service }, { name: old, host: vm-extension }]
roleAssignments:
  - { role: Contributor, principal: { virtualMachine: web-1 }, scope: resourceGroups/lanyard }
`,
  )
})
after(() => rmSync(folder, { recursive: true, force: true }))

const connect = (machine: string, ...command: readonly string[]) =>
  runLanyard(
    ['connect', machine, '-q', '--ephemeral', '--offline', '--config', path.join(folder, 'world.yaml'), '--', ...command],
    {
      env: { TMPDIR: folder },
    },
  )

/** A program that knows of no proxy and no certificate but the system's: Node with nothing in its environment. */
const bare = (script: string) => ['env', '-i', process.execPath, '--use-system-ca', '--input-type=module', '-e', script]
const get = `
  import http from 'node:http'
  import https from 'node:https'
  const get = (url, headers = {}) => new Promise((resolve, reject) => {
    (url.startsWith('https') ? https : http).get(url, { headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text))
    }).on('error', reject)
  })
  const Metadata = 'true'
  const imds = 'http://169.254.169.254/metadata/'
`

describe('lanyard connect', { skip }, () => {
  test('a program that takes no proxy gets a token of this machine, and calls the resource manager with it', async () => {
    const script = `${get}
      const name = await get(imds + 'instance/compute/name?api-version=2021-02-01&format=text', { Metadata })
      const asked = 'oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/'
      const { access_token } = JSON.parse(await get(imds + 'identity/' + asked, { Metadata }))
      const { value } = JSON.parse(await get('https://management.azure.com/subscriptions?api-version=2022-12-01', { Authorization: 'Bearer ' + access_token }))
      console.log(name, value.map(({ displayName }) => displayName).join())`
    const { stdout, stderr } = await connect('web-1', ...bare(script))
    assert.equal(stdout, 'web-1 Connect\n', stderr)
    const other = await connect(
      'web-2',
      ...bare(`${get} console.log(await get(imds + 'instance/compute/name?api-version=2021-02-01&format=text', { Metadata }))`),
    )
    assert.equal(other.stdout, 'web-2\n', other.stderr)
  })

  test('localhost:50342 is refused until the extension is deployed, and after it is deleted; the authority has its own name', async () => {
    const script = `
      ask() { curl -s --noproxy '*' -H Metadata:true 'http://localhost:50342/oauth2/token?resource=https://vault.azure.net' | grep -o '"token_type":"Bearer"'; }
      ask || echo "refused, as a client says: $(curl -sS --noproxy '*' http://localhost:50342/ 2>&1 | grep -o 'Failed to connect')"
      lanyard login --identity -o none
      lanyard vm extension set -g lanyard --vm-name web-1 -n ManagedIdentityExtensionForLinux --publisher Microsoft.ManagedIdentity --version 1.0 -o none
      for n in 1 2 3 4 5 6 7 8 9 10; do ask && break; sleep 0.1; done
      lanyard vm extension delete -g lanyard --vm-name web-1 -n ManagedIdentityExtensionForLinux
      for n in 1 2 3 4 5 6 7 8 9 10; do ask >/dev/null || { echo refused; break; }; sleep 0.1; done
      curl -s https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration | grep -o '"issuer":"[^"]*"'`
    const { stdout, stderr } = await connect('web-1', 'bash', '-c', script)
    assert.deepEqual(
      stdout.trim().split('\n'),
      [
        'refused, as a client says: Failed to connect',
        '"token_type":"Bearer"',
        'refused',
        '"issuer":"https://login.microsoftonline.com/{tenantid}/v2.0"',
      ],
      stderr,
    )
  })

  test('a machine of host vm-extension has it from the start, where its variable says', async () => {
    const script = `${get} console.log(JSON.parse(await get(process.env.MSI_ENDPOINT + '?resource=https://vault.azure.net', { Metadata })).token_type)`
    const { stdout, stderr } = await connect('old', process.execPath, '--input-type=module', '-e', script)
    assert.equal(stdout, 'Bearer\n', stderr)
  })

  test('the clients that do read variables find them, and a host that is not served is refused offline', async () => {
    const { stdout } = await connect(
      'web-1',
      'sh',
      '-c',
      'curl -s -o /dev/null -w "%{http_code} " https://management.azure.com/tenants; curl -sS https://example.com 2>&1',
    )
    assert.match(stdout, /^401 .*(502|response)/)
  })

  test('the key files of Azure Arc are where its clients look', async () => {
    const script = `${get}
      import { readFileSync } from 'node:fs'
      const url = process.env.IDENTITY_ENDPOINT + '?api-version=2020-06-01&resource=https://management.azure.com/'
      const challenge = await new Promise((resolve) => http.get(url, { headers: { Metadata } }, ({ headers }) => resolve(headers['www-authenticate'])))
      const key = readFileSync(challenge.slice('Basic realm='.length), 'utf8')
      console.log(JSON.parse(await get(url, { Metadata, Authorization: 'Basic ' + key })).token_type)`
    const { stdout, stderr } = await connect('far', process.execPath, '--input-type=module', '-e', script)
    assert.equal(stdout, 'Bearer\n', stderr)
  })

  test('the address of an app is the one in its variable', async () => {
    const script = `${get} console.log(JSON.parse(await get(process.env.IDENTITY_ENDPOINT + '?api-version=2019-08-01&resource=https://vault.azure.net', { 'X-IDENTITY-HEADER': process.env.IDENTITY_HEADER })).token_type)`
    const { stdout, stderr } = await connect('site', process.execPath, '--input-type=module', '-e', script)
    assert.equal(stdout, 'Bearer\n', stderr)
  })

  test("exit codes, streams and the user are the command's own", async () => {
    const { code, stdout } = await connect('web-1', 'sh', '-c', 'id -u; echo error >&2; exit 7')
    assert.deepEqual([code, stdout], [7, `${process.getuid?.() ?? ''}\n`])
    assert.equal((await connect('web-1', 'no-such-program')).code, 127)
    assert.equal((await connect('web-1', '/etc')).code, 126)
    assert.equal((await connect('web-1', 'sh', '-c', 'kill -TERM $$')).code, 143)
    assert.match((await connect('nobody', 'true')).stderr, /There is no virtual machine 'nobody'/)
  })

  test('what the command leaves behind ends with it, and no folder is left', async () => {
    const marker = `lanyard-left-${process.pid}`
    await connect('web-1', 'sh', '-c', `sh -c 'exec -a ${marker} sleep 600' & bash -c 'exec -a ${marker} sleep 600' & sleep 0.1`)
    assert.equal(spawnSync('pgrep', ['-f', marker]).status, 1)
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith('lanyard-connect-')),
      [],
    )
  })

  test('nothing goes on when lanyard itself is killed', async () => {
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
    const child = spawn(
      process.execPath,
      [main, 'connect', 'web-1', '-q', '--ephemeral', '--', 'sh', '-c', 'echo $$; exec sleep 601'],
      {
        cwd: '/',
        env: { ...process.env, TMPDIR: folder },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    await new Promise((resolve) => child.stdout.once('data', resolve))
    const inside = () => spawnSync('pgrep', ['-f', 'sleep 601'], { encoding: 'utf8' }).stdout.trim()
    assert.notEqual(inside(), '')
    child.kill('SIGKILL')
    // The pipe closes when the last that holds it is gone.
    await new Promise((resolve) => child.stdout.once('close', resolve))
    assert.equal(inside(), '')
    for (const name of readdirSync(folder)) if (name.startsWith('lanyard-')) rmSync(path.join(folder, name), { recursive: true })
  })
})

describe('a system that does not allow it says why, and what to do', () => {
  const holding = (files: Readonly<Record<string, string>>) => async (file: string) => files[file]
  const cases: Readonly<Record<string, readonly [told: string, files: Readonly<Record<string, string>>, sentence: RegExp]>> = {
    "Debian's setting": [
      'unshare: unshare failed: Operation not permitted',
      { '/proc/sys/kernel/unprivileged_userns_clone': '0\n' },
      /kernel\.unprivileged_userns_clone is 0\)\. Allow it with: sudo sysctl -w kernel\.unprivileged_userns_clone=1\. Use lanyard run/,
    ],
    "Ubuntu's setting": [
      'unshare: write failed /proc/self/uid_map: Operation not permitted',
      { '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1\n' },
      /apparmor_restrict_unprivileged_userns is 1\)\. Allow it with: sudo sysctl -w kernel\.apparmor_restrict_unprivileged_userns=0\./,
    ],
    'no program ip': ["The program 'ip' could not be run (ENOENT).", {}, /needs the program 'ip' of the package iproute2/],
    'no program unshare': ['spawn unshare ENOENT', {}, /needs the program 'unshare' of the package util-linux/],
    'a container': [
      'unshare: unshare failed: Operation not permitted',
      {},
      /Operation not permitted\. In a container, .* Use lanyard run/,
    ],
  }
  for (const [what, [told, files, sentence]] of Object.entries(cases)) {
    test(what, async () => {
      const { message } = await explainRefusal(told, holding(files))
      assert.match(message, sentence)
    })
  }
})

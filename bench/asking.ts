// Asks for a token again and again over one connection, at the address that it is given or through the proxy, and prints
// the microseconds that one request took.
import http from 'node:http'

const target = '/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F'
const warmUp = 300
const count = 2000
const [, , given] = process.argv
const url = new URL(given ?? 'http://169.254.169.254')
// Inside `run` the proxy is the way; an address that is given is asked itself.
const proxy = given === undefined ? URL.parse(process.env['HTTP_PROXY'] ?? '') : null
const at = proxy ?? url
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
const options = {
  host: at.hostname,
  port: at.port || 80,
  path: proxy ? `http://${url.host}${target}` : target,
  headers: { Metadata: 'true', host: url.host },
  agent,
}

function ask(): Promise<void> {
  return new Promise((resolve, reject) => {
    http
      .get(options, (response) => {
        if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`))
        response.resume().once('end', resolve)
      })
      .once('error', reject)
  })
}

for (let n = 0; n < warmUp; n += 1) await ask()
const start = process.hrtime.bigint()
for (let n = 0; n < count; n += 1) await ask()
console.log(Number(process.hrtime.bigint() - start) / 1000 / count)
agent.destroy()

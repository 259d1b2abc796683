// The least that a server of new tokens does on Node: `node:http`, one RSA signature for each request in libuv's threads, one
// answer of a token's size. Nothing is read, checked or routed.
import { generateKeyPairSync, sign } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const input = 'a'.repeat(900)
const server = http.createServer((request, response) => {
  request.resume().on('end', () => {
    sign('RSA-SHA256', Buffer.from(input), privateKey, (error, signature) => {
      if (error) throw error
      const body = JSON.stringify({ token_type: 'Bearer', access_token: `${input}.${signature.toString('base64url')}` })
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
      response.end(body)
    })
  })
})
server.listen(0, '127.0.0.1', () =>
  console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })),
)

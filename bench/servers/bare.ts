// What Node's own HTTP server does at best: the same status, headers and bytes for every request. They come in by standard input.
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

const { headers, body } = (await json(process.stdin)) as { headers: Record<string, string>; body: string }
const server = http.createServer((_request, response) => {
  response.writeHead(200, headers)
  response.end(body)
})
server.listen(0, '127.0.0.1', () =>
  console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })),
)

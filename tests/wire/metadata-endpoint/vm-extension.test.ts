import assert from 'node:assert/strict'
import { test } from 'node:test'
import { known, ask, arm, refused, isTokenOf, client, metadata } from './ask-endpoint.ts'
import { system, first } from './sample-machine.ts'

test('VM extension: a query on GET, a form on POST, no api-version needed', async () => {
  known.identities = [system, first]
  const form = { ...metadata, 'Content-Type': 'application/x-www-form-urlencoded' }
  isTokenOf(await ask(`/oauth2/token?resource=${arm}&api-version=2018-02-01`), system)
  isTokenOf(await ask('/oauth2/token', { method: 'POST', headers: form, body: `resource=${encodeURIComponent(arm)}` }), system)
  isTokenOf(await ask('/oauth2/token', { method: 'POST', headers: form, body: `resource=${arm}${client(first)}` }), first)
})

test('VM extension: refusals', async () => {
  known.identities = [system]
  const noHeader = '{"error":"bad_request_102","error_description":"Required metadata header not specified"}'
  refused(await ask(`/oauth2/token?resource=${arm}`, { headers: {} }), noHeader)
  refused(await ask('/oauth2/token', { method: 'POST', headers: {}, body: `resource=${arm}` }), noHeader)
  assert.equal((await ask('/oauth2/token', { method: 'PUT' })).headers['allow'], 'GET, POST')
  const repeated = await ask(`/oauth2/token?resource=${arm}`, { method: 'POST', body: `resource=${arm}` })
  assert.equal(repeated.status, 400)
})

test('VM extension: a form of 64 KiB is read, a larger one is not, announced or in chunks', async () => {
  known.identities = [system]
  const start = `resource=${arm}&pad=`
  const full = start + 'x'.repeat(64 * 1024 - start.length)
  isTokenOf(await ask('/oauth2/token', { method: 'POST', body: full }), system)
  assert.equal((await ask('/oauth2/token', { method: 'POST', body: `${full}x` })).status, 413)
  const headers = { ...metadata, 'Transfer-Encoding': 'chunked' }
  assert.equal((await ask('/oauth2/token', { method: 'POST', headers, body: `${full}x` })).status, 413)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { known, ask, askToken, tokenPath, arm, metadata, invalid, refused, isTokenOf } from './ask-endpoint.ts'
import { system } from './sample-machine.ts'

test('wire rule 9: no Metadata header on the token path, 400 with the exact 88 bytes', async () => {
  for (const path of [tokenPath, `${tokenPath}?api-version=2018-02-01&resource=${arm}`]) {
    for (const headers of [{}, { Metadata: 'false' }, { Metadata: '' }] as Record<string, string>[]) {
      const answer = await ask(path, { headers })
      refused(answer, '{"error":"invalid_request","error_description":"Required metadata header not specified"}')
      assert.equal(answer.headers['content-length'], '88')
    }
  }
})

test('the value of the Metadata header has any casing', async () => {
  known.identities = [system]
  for (const value of ['True', 'TRUE', 'true']) isTokenOf(await askToken('', { headers: { metadata: value } }), system)
})

test('wire rule 15: JSON has a charset, and a form content type on GET is tolerated', async () => {
  known.identities = [system]
  const answer = await askToken('', {
    headers: { ...metadata, 'Content-Type': 'application/x-www-form-urlencoded;charset=utf-8' },
  })
  isTokenOf(answer, system)
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
  assert.equal(answer.headers['server'], 'IMDS/150.870.65.1854')
})

test('wire rule 16: X-Forwarded-For is refused on every path', async () => {
  known.identities = [system]
  const headers = { ...metadata, 'X-Forwarded-For': '10.0.0.1' }
  refused(await askToken('', { headers }), invalid('Required metadata header not specified'))
  for (const path of ['/metadata/instance?api-version=2021-02-01', '/metadata/versions']) {
    refused(await ask(path, { headers }), '{ "error": "Bad request: . Required metadata header not specified" }')
  }
  assert.equal((await ask('/oauth2/token?resource=https://x', { headers })).status, 400)
})

test('D.5 the header is missing on /instance, /versions', async () => {
  for (const path of ['/metadata/instance?api-version=2021-02-01', '/metadata/versions']) {
    refused(await ask(path, { headers: {} }), '{ "error": "Bad request: . Required metadata header not specified" }')
  }
})

test('D.5 api-version missing or unknown outside the identity path', async () => {
  const body =
    '{"error":"Bad request. api-version is invalid or was not specified in the request. For more information refer to ' +
    'aka.ms/azureimds","newest-versions":["2025-04-07","2024-07-17","2024-03-15"]}'
  for (const query of ['', '?api-version=', '?api-version=2021-02-02', '?api-version=2017-03-01']) {
    refused(await ask(`/metadata/instance${query}`), body)
  }
})

test('D.5 api-version missing, unknown or older than the token path', async () => {
  known.identities = [system]
  refused(await ask(`${tokenPath}?resource=${arm}`), invalid("Required query variable 'api-version' is missing"))
  for (const version of ['2017-12-01', '2018-02-02', '9999-01-01', 'latest']) {
    refused(await ask(`${tokenPath}?resource=${arm}&api-version=${version}`), invalid("Invalid 'api-version' requested"))
  }
  for (const version of ['2018-02-01', '2019-08-01', '2025-04-07']) {
    isTokenOf(await ask(`${tokenPath}?resource=${arm}&api%2Dversion=${version}`), system)
  }
})

test('D.5 no resource', async () => {
  for (const query of ['', '&resource=', '&resource']) {
    refused(await ask(`${tokenPath}?api-version=2018-02-01${query}`), invalid("Required query variable 'resource' is missing"))
  }
})

test('D.1 a repeated parameter or a broken escape is refused', async () => {
  known.identities = [system]
  for (const query of ['&resource=https://x', '&RESOURCE=https://x', '&x=%zz']) {
    const answer = await askToken(query)
    assert.equal(answer.status, 400)
    assert.match(answer.text, /^\{"error":"invalid_request",/)
  }
  assert.equal((await ask('/metadata/instance?api-version=2021-02-01&api-version=2021-02-01')).status, 400)
})

test('D.5 wrong method', async () => {
  for (const method of ['POST', 'PUT', 'DELETE']) {
    const answer = await askToken('', { method })
    refused(answer, '{ "error": "Method not allowed" }', 405)
    assert.equal(answer.headers['allow'], 'GET')
  }
})

test('an unexpected failure is logged and answered with nothing of it inside', async () => {
  known.registryFailure = new Error('database password is hunter2')
  known.logged.length = 0
  const answer = await askToken('&client_id=mine')
  known.registryFailure = undefined
  assert.equal(answer.status, 500)
  assert.equal((JSON.parse(answer.text) as { error: string }).error, 'server_error')
  assert.doesNotMatch(answer.text, /hunter2|stack|database/)
  assert.equal(known.logged.length, 1)
  assert.doesNotMatch(JSON.stringify(known.logged), /client_id/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normaliseTarget } from './normalise-path.ts'
import { route } from './route.ts'

test('repeated slashes and a trailing slash go', () => {
  assert.equal(normaliseTarget('//subscriptions//s/?a=1').path, '/subscriptions/s?a=1')
  assert.equal(normaliseTarget('/').path, '/')
})

test('names are decoded, values are not', () => {
  assert.equal(
    normaliseTarget('/x?api%2Dversion=1&%24filter=a%20b&r=https://h/').path,
    '/x?api-version=1&$filter=a%20b&r=https://h/',
  )
})

test('a name that would change the shape of the query stays as it is', () => {
  assert.equal(normaliseTarget('/x?a%26b=1&%zz=2').path, '/x?a%26b=1&%zz=2')
})

test('an absolute target names its authority', () => {
  const target = normaliseTarget('http://169.254.169.254//metadata/instance')
  assert.deepEqual(target, { path: '/metadata/instance', authority: '169.254.169.254', scheme: 'http' })
})

test('hosts lead to their endpoints, and others to none', () => {
  assert.equal(route('management.azure.com:443', '/'), 'resourceManager')
  assert.equal(route('LOGIN.microsoftonline.com', '/'), 'tokenEndpoint')
  assert.equal(route('localhost:8443', '/metadata/endpoints?api-version=1.0'), 'resourceManager')
  assert.equal(route('management.azure.com.example.org', '/'), undefined)
})

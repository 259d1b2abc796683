import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gitHubIssuer, mistakeInIssuer, mistakeInName, scenarios } from './scenarios.ts'

test("a subject of GitHub's is built from the repository and what the workflow runs for", () => {
  const repository = { organization: 'contoso', repository: 'shop ' }
  const subject = (more: Readonly<Record<string, string>>) => scenarios.github.federation({ ...repository, ...more }).subject
  assert.equal(subject({ entityName: 'production' }), 'repo:contoso/shop:environment:production')
  assert.equal(subject({ entity: 'branch', entityName: 'main' }), 'repo:contoso/shop:ref:refs/heads/main')
  assert.equal(subject({ entity: 'tag', entityName: 'v1' }), 'repo:contoso/shop:ref:refs/tags/v1')
  assert.equal(subject({ entity: 'pull_request' }), 'repo:contoso/shop:pull_request')
  assert.equal(subject({ entity: 'branch' }), undefined)
  assert.deepEqual(scenarios.github.federation({}), { issuer: gitHubIssuer, subject: undefined })
})

test('a subject of a cluster is its service account; another issuer says its own', () => {
  const issuer = 'https://cluster.example'
  assert.deepEqual(scenarios.kubernetes.federation({ issuer, namespace: 'default', serviceAccount: 'web' }), {
    issuer,
    subject: 'system:serviceaccount:default:web',
  })
  assert.deepEqual(scenarios.kubernetes.federation({ namespace: 'default' }), { issuer: undefined, subject: undefined })
  assert.deepEqual(scenarios.other.federation({ issuer, subject: ' a b ' }), { issuer, subject: 'a b' })
})

test('what the platform would refuse is said before', () => {
  assert.equal(mistakeInName('deploy-from_main'), undefined)
  assert.equal(mistakeInName(''), undefined)
  for (const name of ['ab', '-abc', 'a b c', 'a'.repeat(121)]) assert.match(mistakeInName(name) ?? '', /3 to 120/)
  assert.equal(mistakeInIssuer('https://cluster.example'), undefined)
  assert.equal(mistakeInIssuer(undefined), undefined)
  for (const issuer of ['http://cluster.example', 'cluster', 'javascript:alert(1)']) assert.ok(mistakeInIssuer(issuer))
})

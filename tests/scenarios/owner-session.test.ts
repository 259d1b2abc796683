import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { decodeJwt } from 'jose'
import { pino } from 'pino'
import type { CommandIo } from '../../src/cli/command-io.ts'
import { openOwnerSession } from '../../src/cli/platform/owner-session.ts'
import { callControl, controlSocketPath, listenOnControlSocket, startPlatform, type Platform } from '../../src/server/index.ts'
import { groupId } from '../support/start-test-platform.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-owner-'))
const data = path.join(folder, 'data')
const time = { now: Date.now() }
const io = {
  env: { LANYARD_DATA: data },
  clock: () => time.now,
  newGuid: randomUUID,
  sleep: async () => undefined,
} as unknown as CommandIo

let platform: Platform
let control: Server
before(async () => {
  platform = await startPlatform({
    dataPath: data,
    world: undefined,
    offline: true,
    proxyForUrl: () => '',
    logger: pino({ level: 'silent' }),
    clock: () => time.now,
  })
  control = await listenOnControlSocket(platform, platform.controlSocket ?? '')
})
after(async () => {
  control.closeAllConnections()
  await new Promise((resolve) => control.close(resolve))
  await platform.close()
  rmSync(folder, { recursive: true, force: true })
})

describe("the owner's session", () => {
  test('calls the resource manager and Graph as the administrator, who has not signed in', async () => {
    const session = await openOwnerSession(io)
    assert.ok(session)
    assert.equal(session.tenantId, platform.tenantId)
    const groups = await session.arm.list(`${groupId.split('/resourceGroups')[0] ?? ''}/resourceGroups?api-version=2024-11-01`)
    assert.deepEqual(
      groups.map((group) => (group as { name: string }).name),
      ['lanyard'],
    )
    const principals = await session.graph.list("/v1.0/servicePrincipals?$filter=displayName eq 'web-1'")
    assert.equal(principals.length, 1)
  })

  test('lasts longer than the tokens that it is lent', async () => {
    const session = await openOwnerSession(io)
    time.now += 3_600_000
    assert.ok(await session?.arm.call({ method: 'GET', path: `${groupId}?api-version=2024-11-01` }))
  })

  test('the token that is lent is good for ten minutes, and for the audience that was asked for', async () => {
    const resource = 'https://graph.microsoft.com/'
    const lent = (await callControl(controlSocketPath(data), 'POST', '/owner-access', { resource })) as { accessToken: string }
    const { aud, iat = 0, exp = 0, oid } = decodeJwt(lent.accessToken)
    assert.deepEqual([aud, exp - iat, oid], [resource, 600, platform.administrator.caller.objectId])
    await assert.rejects(callControl(controlSocketPath(data), 'POST', '/owner-access', {}), /Name the resource/)
  })

  test('there is none where no platform is running', async () => {
    assert.equal(await openOwnerSession(io, path.join(folder, 'nothing-here')), undefined)
  })
})

import { administratorName } from '../../../src/directory/user.ts'
import type { World } from '../../../src/world/world-schema.ts'
import { administratorToken, callManager } from '../../support/manager-client.ts'
import type { Answer } from '../../support/call-platform.ts'
import { startTestPlatform, type TestPlatform } from '../../support/start-test-platform.ts'
import type { PortalAccess } from './sign-in.ts'

/** A platform in this process, its state in memory, and its portal. The administrator signs in to it. */
export interface PortalPlatform extends PortalAccess {
  readonly test: TestPlatform
  readonly tenant: string
  /** A request of the administrator's to the resource manager, beside the portal. */
  call(method: string, path: string, body?: unknown): Promise<Answer>
  close(): Promise<void>
}

export async function startPortalPlatform(
  world?: World,
  options: Parameters<typeof startTestPlatform>[1] = {},
): Promise<PortalPlatform> {
  const test = await startTestPlatform(world, options)
  const portal = await test.platform.listenPortal({ port: 0 })
  let token: string | undefined
  return {
    test,
    tenant: test.platform.tenantId,
    origin: portal.url,
    user: administratorName,
    password: test.platform.renewSignInCode(),
    call: async (method, path, body) => {
      token ??= await administratorToken(test)
      return callManager(test, token, method, path, body)
    },
    close: async () => {
      await portal.close()
      await test.close()
    },
  }
}

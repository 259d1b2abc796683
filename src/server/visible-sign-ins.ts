import type { AccessControl } from '../access-control/access-control.ts'
import type { SignIn } from '../logs/sign-in.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'

/**
 * Which sign-ins a principal sees: all, when it may read the logs of the whole tenant; else its own, and those of machines that it
 * may read.
 */
export function visibleSignIns(accessControl: AccessControl) {
  return async (objectId: string): Promise<(signIn: SignIn) => boolean> => {
    const visibility = await accessControl.visibility({ objectId, clientId: '' })
    if (visibility.allows('Microsoft.Insights/eventtypes/values/read', parseResourceId('/'))) return () => true
    return ({ principal, machineId }) => {
      if (principal?.objectId.toLowerCase() === objectId.toLowerCase()) return true
      if (machineId === undefined) return false
      const machine = parseResourceId(machineId)
      return visibility.allows(`${machine.type}/read`, machine)
    }
  }
}

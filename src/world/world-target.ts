import type { AccessControl } from '../access-control/access-control.ts'
import type { Authorized, Caller } from '../access-control/authorized.ts'
import type { NewApplication } from '../directory/create-directory.ts'
import type { Users } from '../directory/create-users.ts'
import type { ServicePrincipal } from '../directory/service-principal.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { Resources } from '../resources/operations.ts'
import type { Stores } from '../resources/unit-of-work.ts'

/** What applying a world needs: the same operations that every client reaches over the wire, used as the administrator. */
export interface WorldTarget {
  readonly administrator: Caller
  readonly accessControl: AccessControl
  readonly resources: Resources
  readonly users: Pick<Users, 'registerUser'>
  readonly registerApplication: (application: NewApplication) => Promise<{ readonly principal: ServicePrincipal }>
  /** For seeing what is there already; the administrator may read all of it. */
  readonly stores: Stores
}

/** The administrator's proof for an action at an id. */
export async function authorize(target: WorldTarget, action: string, id: string): Promise<Authorized> {
  return target.accessControl.authorize(target.administrator, action, parseResourceId(id))
}

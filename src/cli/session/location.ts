import { apiVersions, groupPath } from '../../api-client/index.ts'
import { resource } from '../../contracts/resource.ts'
import type { Session } from './session.ts'

/** The region that was asked for, else the resource group's. */
export async function locationOrGroups(
  session: Session,
  group: string,
  location: string | undefined,
): Promise<string | undefined> {
  if (location !== undefined) return location
  const path = `${groupPath((await session.account()).id, group)}?api-version=${apiVersions.groups}`
  return resource.parse(await session.arm.call({ method: 'GET', path })).location
}

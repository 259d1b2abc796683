import type { ResourceId } from '../resource-ids/resource-id.ts'
import { ArmError } from './arm-error.ts'

/** Types that do something in Azure. Keeping one as if it were any resource would say that it had been done. */
const inert: readonly { readonly type: RegExp; readonly why: string }[] = [
  {
    type: /^microsoft\.resources\/deployments$/i,
    why: 'Lanyard does not run deployments. Create each resource by itself, for instance with az rest --method put.',
  },
  { type: /^microsoft\.authorization\/roledefinitions$/i, why: 'Lanyard has the built-in roles only.' },
  {
    type: /^microsoft\.authorization\/(locks|denyassignments|policyassignments|policydefinitions|policysetdefinitions)$/i,
    why: 'Lanyard decides by role assignments alone.',
  },
]

/**
 * Refuses to keep what would have no effect here, and namespaces that no provider can have. Every other type is kept as it
 * was sent.
 * @throws ArmError UnsupportedOperation, InvalidResourceNamespace
 */
export function checkSupported({ type }: ResourceId): void {
  const known = inert.find((one) => one.type.test(type))
  if (known) throw new ArmError(400, 'UnsupportedOperation', `Resources of type '${type}' cannot be made here. ${known.why}`)
  const [namespace = ''] = type.split('/')
  if (!/^[A-Za-z][\w-]*(\.[\w-]+)+$/.test(namespace)) {
    throw new ArmError(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`)
  }
}

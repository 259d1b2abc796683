import type { Principal } from '../../../api/principals.ts'
import type { Choice } from '../../../controls/picker.tsx'

/** A principal to choose, with what tells it from another of its name: whose identity it is, or its id. */
export function principalChoice({ objectId, name, detail, resourceId }: Principal): Choice {
  return { value: objectId, text: name, detail: resourceId ?? detail ?? objectId }
}

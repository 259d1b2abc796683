import { defineNoun } from '../verb.ts'
import { create } from './create.ts'
import { remove } from './delete.ts'
import { assign } from './identity/assign.ts'
import { remove as removeIdentity } from './identity/remove.ts'
import { show as showIdentity } from './identity/show.ts'
import { list } from './list.ts'
import { show } from './show.ts'

/** `lanyard vm` */
export const createCommand = defineNoun('vm', 'Virtual machines and their identities', [
  create,
  list,
  show,
  remove,
  defineNoun('identity', "A machine's identities", [assign, removeIdentity, showIdentity]),
])

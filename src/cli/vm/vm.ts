import { defineNoun } from '../verb.ts'
import { create } from './create.ts'
import { remove } from './delete.ts'
import { list as listExtensions } from './extension/list.ts'
import { remove as removeExtension } from './extension/delete.ts'
import { set as setExtension } from './extension/set.ts'
import { show as showExtension } from './extension/show.ts'
import { assign } from './identity/assign.ts'
import { remove as removeIdentity } from './identity/remove.ts'
import { show as showIdentity } from './identity/show.ts'
import { list } from './list.ts'
import { show } from './show.ts'

/** `lanyard vm` */
export const createCommand = defineNoun('vm', 'Virtual machines, their identities and extensions', [
  create,
  list,
  show,
  remove,
  defineNoun('identity', "A machine's identities", [assign, removeIdentity, showIdentity]),
  defineNoun('extension', "A machine's extensions", [setExtension, listExtensions, showExtension, removeExtension]),
])

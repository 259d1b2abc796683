import { defineNoun } from '../verb.ts'
import { create } from './create.ts'
import { remove } from './delete.ts'
import { list } from './list.ts'
import { show } from './show.ts'

/** `lanyard identity` */
export const createCommand = defineNoun('identity', 'User-assigned managed identities', [create, list, show, remove])

import { defineNoun } from '../verb.ts'
import { create } from './create.ts'
import { remove } from './delete.ts'
import { exists } from './exists.ts'
import { list } from './list.ts'
import { show } from './show.ts'

/** `lanyard group` */
export const createCommand = defineNoun('group', 'Resource groups', [create, list, show, remove, exists])

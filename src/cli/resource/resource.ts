import { defineNoun } from '../verb.ts'
import { list } from './list.ts'
import { show } from './show.ts'

/** `lanyard resource` */
export const createCommand = defineNoun('resource', 'Resources of any type', [list, show])

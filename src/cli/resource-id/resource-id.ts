import { defineNoun } from '../verb.ts'
import { list } from './list.ts'

/** `lanyard resource-ids` */
export const createCommand = defineNoun('resource-ids', 'Resource ids of Azure services: what a token is asked for', [list])

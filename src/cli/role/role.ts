import { defineNoun } from '../verb.ts'
import { create } from './assignment/create.ts'
import { remove } from './assignment/delete.ts'
import { list } from './assignment/list.ts'

/** `lanyard role` */
export const createCommand = defineNoun('role', 'What an identity may do', [
  defineNoun('assignment', 'Role assignments', [create, list, remove]),
])

import { defineNoun } from '../verb.ts'
import { getAccessToken } from './get-access-token.ts'
import { list } from './list.ts'
import { set } from './set.ts'
import { show } from './show.ts'

/** `lanyard account` */
export const createCommand = defineNoun('account', 'Subscriptions and access tokens', [show, list, set, getAccessToken])

import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import type { ActivityEvent } from '../logs/activity-event.ts'
import type { LogBatch, LogSelection, LogStore } from '../logs/log-store.ts'
import type { Refusal } from '../logs/refusal.ts'
import type { SignIn } from '../logs/sign-in.ts'

/** Rows that are read at once: an answer's page is seldom longer, and what comes after it is seldom asked for. */
const chunk = 200

const logs = [
  { table: 'activity', key: 'id' },
  { table: 'sign_ins', key: 'id' },
  { table: 'refusals', key: 'request_key' },
] as const

/** The logs' tables over a database of their own. Its statements are written out: there is nothing to build them from. */
export function logStore(database: DatabaseSync): LogStore {
  const insertActivity = database.prepare('insert or replace into activity values (?, ?, ?, ?)')
  const insertSignIn = database.prepare('insert or replace into sign_ins values (?, ?, ?)')
  const insertRefusal = database.prepare('insert or replace into refusals values (?, ?, ?, ?)')
  const signInById = database.prepare('select document_json from sign_ins where id = ?')
  const refusalByRequest = database.prepare('select document_json from refusals where request_key = ?')
  const refusalByCorrelation = database.prepare(
    'select document_json from refusals where correlation_key = ? order by time desc limit 1',
  )
  const trimming = logs.map(({ table, key }) => ({
    old: database.prepare(`delete from ${table} where time < ?`),
    // The row with which what is too much begins, found by the index alone.
    limit: database.prepare(`select time, ${key} as id from ${table} order by time desc, ${key} limit 1 offset ?`),
    beyond: database.prepare(`delete from ${table} where time < ? or (time = ? and ${key} >= ?)`),
    count: database.prepare(`select count(*) as count from ${table}`),
    rows: 0,
  }))
  for (const log of trimming) log.rows = (log.count.get() as { count: number }).count

  async function* rows<T>(
    table: string,
    condition: string,
    values: readonly SQLInputValue[],
    selection: LogSelection,
  ): AsyncIterable<T> {
    const { from = 0, to = Number.MAX_SAFE_INTEGER } = selection
    let { after } = selection
    for (;;) {
      const beyond = after === undefined ? '' : 'and (time < ? or (time = ? and id > ?))'
      const found = database
        .prepare(
          `select id, time, document_json from ${table} where time between ? and ? ${condition} ${beyond} order by time desc, id limit ${chunk}`,
        )
        .all(from, to, ...values, ...(after === undefined ? [] : [after.time, after.time, after.id])) as unknown as {
        id: string
        time: number
        document_json: string
      }[]
      for (const row of found) yield JSON.parse(row.document_json) as T
      const last = found.at(-1)
      if (last === undefined || found.length < chunk) return
      after = { time: last.time, id: last.id }
      // Whoever looks for what is rare reads for long: others are served in between.
      await setImmediate()
    }
  }

  return {
    async append({ activity, signIns, refusals }: LogBatch) {
      database.exec('begin')
      try {
        for (const event of activity) {
          insertActivity.run(event.id, event.time, subscriptionKey(event), JSON.stringify(event))
        }
        for (const signIn of signIns) insertSignIn.run(signIn.id, signIn.time, JSON.stringify(signIn))
        for (const refusal of refusals) {
          const { requestId, correlationId, time } = refusal
          insertRefusal.run(requestId.toLowerCase(), correlationId.toLowerCase(), time, JSON.stringify(refusal))
        }
        database.exec('commit')
      } catch (error) {
        database.exec('rollback')
        throw error
      }
      const added = [activity.length, signIns.length, refusals.length]
      for (const [index, log] of trimming.entries()) log.rows += added[index] ?? 0
    },
    listActivity({ subscriptionId, ...selection }) {
      return subscriptionId === null
        ? rows<ActivityEvent>('activity', 'and subscription_key is null', [], selection)
        : rows<ActivityEvent>('activity', 'and subscription_key = ?', [subscriptionId.toLowerCase()], selection)
    },
    listSignIns: (selection) => rows<SignIn>('sign_ins', '', [], selection),
    findSignIn: async (id) => document(signInById.get(id.toLowerCase())) as SignIn | undefined,
    findRefusal: async (id) =>
      document(refusalByRequest.get(id.toLowerCase()) ?? refusalByCorrelation.get(id.toLowerCase())) as Refusal | undefined,
    async trim({ before, largest }) {
      for (const log of trimming) {
        log.rows -= Number(log.old.run(before).changes)
        if (log.rows <= largest) continue
        const first = log.limit.get(largest) as { time: number; id: string } | undefined
        if (first) log.beyond.run(first.time, first.time, first.id)
        // A row that was replaced was counted twice.
        log.rows = (log.count.get() as { count: number }).count
      }
    },
    async close() {
      database.close()
    },
  }
}

function subscriptionKey({ scope }: ActivityEvent): string | null {
  return /^\/subscriptions\/([^/]+)/i.exec(scope)?.[1]?.toLowerCase() ?? null
}

/** What a row holds besides its columns. */
function document(row: unknown): unknown {
  return row === undefined ? undefined : JSON.parse((row as { document_json: string }).document_json)
}

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface Load {
  /** `http://host:port`, where the connection goes. */
  readonly url: string
  readonly method?: 'GET' | 'POST'
  /** Request target: a path, or an absolute URL for a proxy. */
  readonly target: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/**
 * Requests answered per second over 32 connections kept open, as `wrk` counts them. The load comes from a program of another
 * kind, so that it takes as little as can be of the cores that are measured.
 * @throws Error when anything but 2xx came back
 */
export function requestsPerSecond(load: Load, seconds: number): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-bench-'))
  try {
    const script = path.join(folder, 'request.lua')
    const headers = Object.entries(load.headers ?? {}).map(([name, value]) => `wrk.headers[${lua(name)}] = ${lua(value)}`)
    writeFileSync(
      script,
      [
        `wrk.method = ${lua(load.method ?? 'GET')}`,
        ...headers,
        ...(load.body === undefined ? [] : [`wrk.body = ${lua(load.body)}`]),
        `request = function() return wrk.format(nil, ${lua(load.target)}) end`,
      ].join('\n'),
    )
    const output = execFileSync('wrk', ['-t1', '-c32', `-d${seconds}s`, '-s', script, load.url], { encoding: 'utf8' })
    const failed = /Non-2xx or 3xx responses: (\d+)/.exec(output) ?? /Socket errors: (.*)/.exec(output)
    if (failed) throw new Error(`${load.url}${load.target}: ${failed[0]}`)
    return Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A Lua string literal; what is sent here is printable ASCII. */
function lua(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
}

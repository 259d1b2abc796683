import { readFile } from 'node:fs/promises'

/** The command cannot have namespaces of its own here. The message is one sentence for each thing that the user can do. */
export class SandboxRefusedError extends Error {
  override name = 'SandboxRefusedError'
}

/** Reads a file of the system; undefined where it is not there. */
export type ReadSystemFile = (file: string) => Promise<string | undefined>

const readSystemFile: ReadSystemFile = (file) => readFile(file, 'utf8').catch(() => undefined)

/** Settings that keep users from having namespaces: what they hold then, and the command that allows it. */
const settings = [
  ['kernel.unprivileged_userns_clone', '0', '1'],
  ['kernel.apparmor_restrict_unprivileged_userns', '1', '0'],
  ['user.max_user_namespaces', '0', '15000'],
] as const

/**
 * Why a sandbox could not be made, and what to do about it.
 * @param told what the failing program said
 */
export async function explainRefusal(told: string, read: ReadSystemFile = readSystemFile): Promise<SandboxRefusedError> {
  const instead = 'Use lanyard run, which needs nothing of the kind.'
  for (const [name, forbids, allows] of settings) {
    const value = (await read(`/proc/sys/${name.replaceAll('.', '/')}`))?.trim()
    if (value !== forbids) continue
    return new SandboxRefusedError(
      `This system does not let users have namespaces of their own (${name} is ${forbids}). ` +
        `Allow it with: sudo sysctl -w ${name}=${allows}. ${instead}`,
    )
  }
  if (/could not be run \(ENOENT\)|ENOENT/.test(told)) {
    const tool = /'(ip|mount)'/.exec(told)?.[1]
    const missing = tool === 'ip' ? "'ip' of the package iproute2" : `'${tool ?? 'unshare'}' of the package util-linux`
    return new SandboxRefusedError(`lanyard connect needs the program ${missing}, which is not here. Install it. ${instead}`)
  }
  const lines = told.trim().split('\n')
  const reason = lines.find((line) => /error|failed|not permitted/i.test(line)) ?? lines.at(-1) ?? ''
  return new SandboxRefusedError(
    `The namespaces of lanyard connect could not be made: ${reason === '' ? 'no reason was given' : reason}. ` +
      `In a container, its own security profile often forbids it. ${instead}`,
  )
}

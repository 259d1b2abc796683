import type { Command } from 'commander'
import { groupPath } from '../../api-client/index.ts'
import { UsageError } from '../exit-codes.ts'
import type { Session } from './session.ts'

/** `-g` and `-n` of a verb that makes a resource. */
export interface NameOptions {
  readonly resourceGroup: string
  readonly name: string
}

/** The same of a verb that is about resources that exist, or `--ids` instead. */
export interface IdOptions extends Partial<NameOptions> {
  readonly ids?: readonly string[]
}

/** A kind of resource, as its options speak of it. */
export interface NamedKind {
  /** For instance `virtual machine`. */
  readonly label: string
  /** For instance `Microsoft.Compute/virtualMachines`. */
  readonly type: string
}

export function addNameOptions(command: Command, { label }: NamedKind): Command {
  return command
    .requiredOption('-g, --resource-group <name>', 'name of the resource group')
    .requiredOption('-n, --name <name>', `name of the ${label}`)
}

export function addIdOptions(command: Command, { label }: NamedKind): Command {
  return command
    .option('-g, --resource-group <name>', 'name of the resource group')
    .option('-n, --name <name>', `name of the ${label}`)
    .option('--ids <id...>', 'one or more resource ids, instead of the names')
}

/** ARM id of what the names say, in the account's subscription. */
export async function idOf(session: Session, { resourceGroup, name }: NameOptions, { type }: NamedKind): Promise<string> {
  return `${groupPath((await session.account()).id, resourceGroup)}/providers/${type}/${encodeURIComponent(name)}`
}

/**
 * Does something to each resource that the options name, one after the other.
 * @returns the result; a list of them when `--ids` names several
 * @throws UsageError when nothing is named, or an id is of another type
 */
export async function forEachNamed<T>(
  session: Session,
  options: IdOptions,
  kind: NamedKind,
  work: (id: string) => Promise<T>,
): Promise<T | readonly T[]> {
  const { resourceGroup, name, ids } = options
  if (ids === undefined) {
    if (resourceGroup === undefined || name === undefined)
      throw new UsageError('the following arguments are required: --resource-group/-g and --name/-n, or --ids')
    return work(await idOf(session, { resourceGroup, name }, kind))
  }
  if ((resourceGroup ?? name) !== undefined) throw new UsageError("'--ids' stands instead of '--resource-group' and '--name'.")
  const other = ids.find((id) => !id.toLowerCase().includes(`/providers/${kind.type.toLowerCase()}/`))
  if (other !== undefined) throw new UsageError(`'${other}' is not the id of a ${kind.label}.`)
  const results: T[] = []
  for (const id of ids) results.push(await work(id))
  const [only] = results
  return results.length === 1 && only !== undefined ? only : results
}

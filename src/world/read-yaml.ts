import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type YAMLError } from 'yaml'
import { type PlaceOf, WorldFileError } from './world-file-error.ts'

/** The library's words for these are about its own interface, or say less than can be said. */
const wordings: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  TAB_AS_INDENT: 'a tab; indent with spaces, as YAML demands',
  DUPLICATE_KEY: 'this property stands here a second time; each may stand once',
  MULTIPLE_DOCS: 'a second document begins here; a world file is one document',
}

/**
 * Reads YAML (JSON is YAML too) of one document, anchors and merge keys (`<<`) resolved.
 * @param file its name, for messages
 * @returns its value, and where in the text each part of it stands; lines and columns count from 1
 * @throws WorldFileError with the place of the first thing that is not YAML
 */
export function readYaml(text: string, file: string): { value: unknown; placeOf: PlaceOf } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  // One alone: what comes after the first is mostly a consequence of it.
  const [error] = [...document.errors, ...document.warnings]
  if (error) throw new WorldFileError(`${at(error.pos[0])}: ${wordings[error.code] ?? `not YAML: ${error.message}`}`)
  const placeOf: PlaceOf = (path, key) => {
    const place = at(offsetOf(document, path, key))
    return path.length === 0 ? place : `${place}: ${path.join('.')}`
  }
  return { value: resolve(document, file), placeOf }
}

/** Anchors are resolved here, so what is wrong with one shows now. */
function resolve(document: Document, file: string): unknown {
  try {
    const value: unknown = document.toJS()
    JSON.stringify(value)
    return value
  } catch (error) {
    const cause = error instanceof ReferenceError ? error.message : 'an anchor holds an alias of itself'
    throw new WorldFileError(`${file}: ${cause}`)
  }
}

/** Where in the text the value at `path` stands, or the nearest value around it that does. */
function offsetOf(document: Document, path: readonly (string | number)[], key: string | undefined): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const step of path) {
    node = childOf(node, step, document)
    if (node === undefined) return offset
    offset = startOf(node) ?? offset
  }
  return key === undefined ? offset : (startOf(pairOf(node, key, document)?.key) ?? offset)
}

function childOf(node: unknown, step: string | number, document: Document): unknown {
  const holder = isAlias(node) ? node.resolve(document) : node
  return isSeq(holder) ? holder.items[Number(step)] : pairOf(holder, step, document)?.value
}

function pairOf(node: unknown, key: string | number, document: Document) {
  const holder = isAlias(node) ? node.resolve(document) : node
  return isMap(holder) ? holder.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key)) : undefined
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] | null } | null | undefined)?.range?.[0]
}

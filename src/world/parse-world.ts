import { LineCounter, parseDocument, type Document } from 'yaml'
import { WorldFileError } from './world-file-error.ts'
import { worldSchema, type World } from './world-schema.ts'

/**
 * Reads a world file.
 * @param text YAML (JSON is YAML too)
 * @param file its name, for messages
 * @throws WorldFileError
 */
export function parseWorld(text: string, file: string): World {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  if (document.errors.length > 0) {
    throw new WorldFileError(document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`).join('\n'))
  }
  const parsed = worldSchema.safeParse(document.toJS() ?? {})
  if (parsed.success) return parsed.data
  throw new WorldFileError(
    parsed.error.issues
      .map((issue) => `${at(offsetOf(document, issue.path, issue))}: ${placeName(issue.path)}${issue.message}`)
      .join('\n'),
  )
}

/** Where in the text the value at `path` stands, or the nearest value around it that does; an unknown key is pointed at itself. */
function offsetOf(document: Document, path: readonly PropertyKey[], issue: { code?: string }): number {
  const unknownKey = issue.code === 'unrecognized_keys' ? (issue as { keys?: readonly string[] }).keys?.[0] : undefined
  if (unknownKey !== undefined) {
    const holder = path.length === 0 ? document.contents : document.getIn(path, true)
    const items = (holder as { items?: readonly { key?: { value?: unknown; range?: readonly number[] } }[] } | undefined)?.items
    const offset = items?.find((item) => item.key?.value === unknownKey)?.key?.range?.[0]
    if (offset !== undefined) return offset
  }
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true) as { range?: readonly number[] } | undefined
    if (node?.range?.[0] !== undefined) return node.range[0]
  }
  return 0
}

function placeName(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '' : `${path.map(String).join('.')}: `
}

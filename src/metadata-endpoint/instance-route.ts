import type { InstanceNode } from './instance-document.ts'
import { asOfVersion, isList } from './instance-fields.ts'
import { jsonAnswer, type MetadataAnswer } from './metadata-answer.ts'
import { formatUnknown, leafNeedsText, notFound } from './metadata-errors.ts'
import type { Query } from './query.ts'

/**
 * Serves a document and what is below it (wire.md D.1): the path goes down objects by name and arrays by position.
 * @param below the path after that of the document
 * @param query whose `api-version` is a supported one
 */
export function answerInstanceRequest(document: InstanceNode, below: string, query: Query): MetadataAnswer {
  const format = query.get('format')?.toLowerCase() ?? 'json'
  if (format !== 'json' && format !== 'text') return formatUnknown
  let node: InstanceNode | undefined = asOfVersion(document, query.get('api-version') ?? '')
  for (const segment of below.split('/')) {
    if (segment === '') continue
    node = childOf(node, segment)
    if (node === undefined) return notFound
  }
  if (format === 'text') {
    return { status: 200, body: typeof node === 'string' ? node : listing(node), contentType: 'text/plain; charset=utf-8' }
  }
  return typeof node === 'string' ? leafNeedsText : jsonAnswer(node)
}

function childOf(node: InstanceNode, segment: string): InstanceNode | undefined {
  if (typeof node === 'string') return undefined
  if (isList(node)) return /^\d{1,4}$/.test(segment) ? node[Number(segment)] : undefined
  const wanted = segment.toLowerCase()
  return Object.entries(node).find(([name]) => name.toLowerCase() === wanted)?.[1]
}

/** The names below a container, one a line, those of containers with a slash. */
function listing(node: Exclude<InstanceNode, string>): string {
  return Object.entries(node)
    .map(([name, child]) => (typeof child === 'string' ? name : `${name}/`))
    .join('\n')
}

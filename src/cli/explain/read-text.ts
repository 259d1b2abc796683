/** How much of the beginning, and of the end, of a stream is kept; bytes. More than is looked at. */
const kept = 4 * 1024 * 1024

/**
 * Reads a stream to its end and keeps its beginning and its end, however long it is.
 * @returns its text; bytes that are none become U+FFFD. UTF-16 is read when its mark says so, as old PowerShell redirects
 */
export async function readText(stream: NodeJS.ReadableStream): Promise<string> {
  const head: Buffer[] = []
  const tail: Buffer[] = []
  let [headSize, tailSize] = [0, 0]
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    if (headSize < kept) {
      head.push(bytes)
      headSize += bytes.length
      continue
    }
    tail.push(bytes)
    tailSize += bytes.length
    for (let first = tail[0]; first && tailSize - first.length >= kept; first = tail[0]) {
      tail.shift()
      tailSize -= first.length
    }
  }
  return decode(Buffer.concat([...head, ...tail]))
}

function decode(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex')
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

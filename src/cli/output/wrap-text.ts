/**
 * A paragraph in lines of at most `width` characters; a word that is longer has a line of its own.
 * @param indent before every line; it counts
 */
export function wrapText(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line)
      line = ''
    }
    line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, indent + line].join('\n')
}

/** Columns of prose on a terminal: as many as it has, up to 100; 80 where nobody says. */
export function proseWidth(columns: number | undefined): number {
  return Math.min(Math.max(columns ?? 80, 40), 100)
}

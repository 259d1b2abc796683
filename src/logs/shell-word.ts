/**
 * A text as one word of a command line that a person will copy. What stands in it may come from a request, so it must not be
 * able to be more than a word.
 */
export function shellWord(text: string): string {
  return /^[\w./@=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}

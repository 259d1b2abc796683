/** A text without what terminals, shells and serialisers do to it, to be searched. */
export interface FoldedText {
  /** Without white space, with one kind of quote; the casing is kept. */
  readonly text: string
  /** The same in lower case, character for character. */
  readonly lower: string
  /** Whether some of the middle of the text was left out. */
  readonly isCut: boolean
}

/** How much of a text is looked at, in characters: this much of its beginning, and as much of its end, where errors are. */
const lookedAt = 1_048_576

const quotes = new Set('\'"`´‘’‚‛“”„‟«»‹›')
/** Runs of characters that stay as they are: most of most texts. */
const plain = /[\x21\x23-\x25\x28-\x5b\x5d-\x5f\x61-\x7e]+/y
/** Frames that Terraform and others draw around an error. */
const isFrame = (code: number) => code >= 0x2500 && code <= 0x259f
const escaped: Readonly<Record<string, string>> = {
  '&quot;': "'",
  '&#39;': "'",
  '&#x27;': "'",
  '&apos;': "'",
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
}
const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff

/**
 * Folds a text so that the same error looks the same however it was pasted: colours and control characters go, and so do all white
 * space (a terminal breaks words where it likes), the backslashes and `\n` of JSON, HTML's entities, the frame around Terraform's
 * errors; quotes of all kinds become one. One pass; nothing is looked at twice.
 */
export function foldText(text: string): FoldedText {
  const isCut = text.length > 2 * lookedAt
  const whole = isCut ? `${text.slice(0, lookedAt)}\n${text.slice(-lookedAt)}` : text
  const parts: string[] = []
  for (let at = 0; at < whole.length;) {
    plain.lastIndex = at
    if (plain.test(whole)) {
      parts.push(whole.slice(at, plain.lastIndex))
      at = plain.lastIndex
      continue
    }
    const [kept, next] = step(whole, at)
    if (kept !== '') parts.push(kept)
    at = next
  }
  const folded = parts.join('')
  return { text: folded, lower: lowerCase(folded), isCut }
}

/** What the character at `at` becomes, and where the next one begins. */
function step(text: string, at: number): readonly [kept: string, next: number] {
  const character = text.charAt(at)
  const code = text.charCodeAt(at)
  if (code === 0x1b) return ['', endOfEscapeSequence(text, at)]
  if (character === '\\') return unescape(text, at)
  if (character === '&') {
    const end = text.indexOf(';', at)
    const entity = end > 0 && end - at < 8 ? escaped[text.slice(at, end + 1).toLowerCase()] : undefined
    return entity === undefined ? [character, at + 1] : [entity, at + entityLength(text, at)]
  }
  if (quotes.has(character)) return ["'", at + 1]
  if (code <= 0x20 || code === 0x7f || isFrame(code) || /\s|\u200b|\ufeff/.test(character)) return ['', at + 1]
  if (code === 0x2010 || code === 0x2011 || code === 0x2013) return ['-', at + 1]
  if (isHighSurrogate(code)) return [text.slice(at, at + 2), at + 2]
  return [character, at + 1]
}

function entityLength(text: string, at: number): number {
  return text.indexOf(';', at) - at + 1
}

/** `\n`, `\r` and `\t` are white space, `\u0027` is a quote, and `\"` is what follows the backslash. */
function unescape(text: string, at: number): readonly [kept: string, next: number] {
  const following = text.charAt(at + 1)
  if (following === 'n' || following === 'r' || following === 't') return ['', at + 2]
  const code = following === 'u' ? text.slice(at + 2, at + 6) : ''
  if (/^[0-9a-f]{4}$/i.test(code)) {
    const [kept] = step(String.fromCharCode(Number.parseInt(code, 16)), 0)
    return [kept === '\\' ? '' : kept, at + 6]
  }
  return ['', at + 1]
}

/** Behind `ESC [ … letter` and `ESC ] … BEL`; an unfinished sequence ends with the line. */
function endOfEscapeSequence(text: string, at: number): number {
  const kind = text.charAt(at + 1)
  if (kind !== '[' && kind !== ']') return at + 2
  for (let end = at + 2; end < text.length && end < at + 256; end++) {
    const code = text.charCodeAt(end)
    if (code === 0x0a) return end
    if (kind === '[' ? code >= 0x40 && code <= 0x7e : code === 0x07) return end + 1
    if (kind === ']' && code === 0x1b) return end + 2
  }
  return at + 2
}

/** Lower case of the same length: some letters become two. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower : text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

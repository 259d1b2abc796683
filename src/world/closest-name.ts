/**
 * The one of `names` that someone who wrote `written` is likely to have meant: the same but for casing, or few letters away.
 * @returns undefined when none is close
 */
export function closestName(written: string, names: Iterable<string>): string | undefined {
  const wanted = written.toLowerCase()
  let closest: string | undefined
  let smallest = Math.max(2, Math.floor(wanted.length / 3)) + 1
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase())
    // Of two short words most letters differ: then nothing was mistyped, something else was meant.
    if (distance >= smallest || distance >= Math.max(wanted.length, 2)) continue
    closest = name
    smallest = distance
  }
  return closest
}

/** How many letters must be put in, taken out or replaced to make one word of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** A world file that cannot be used; the message has a line for every mistake: `file:line:column: what was expected`. */
export class WorldFileError extends Error {
  override name = 'WorldFileError'
}

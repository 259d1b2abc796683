/** Where something stands in a world: the names and list positions that lead to it. */
export type WorldPath = readonly (string | number)[]

/** Says where the value at `path` stands, or where its property `key` does: `lanyard.yaml:3:9: subscriptions.0.id`. */
export type PlaceOf = (path: WorldPath, key?: string) => string

/** Places in a world that was not read from a file. */
export const placeInWorld: PlaceOf = (path) => path.join('.')

/** Something in a world that is not as it must be. `message` says what was expected. */
export interface Mistake {
  readonly path: WorldPath
  /** The property of the value at `path` that is meant by its name. */
  readonly key?: string
  readonly message: string
}

const mostShown = 20

/** A world file that cannot be used; the message has a line for every mistake: `file:line:column: what was expected`. */
export class WorldFileError extends Error {
  override name = 'WorldFileError'

  /** One of several mistakes. */
  static of(mistakes: readonly Mistake[], placeOf: PlaceOf): WorldFileError {
    const lines = mistakes.slice(0, mostShown).map(({ path, key, message }) => {
      const place = placeOf(path, key)
      return place === '' ? message : `${place}: ${message}`
    })
    const rest = mistakes.length - lines.length
    return new WorldFileError([...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n'))
  }
}

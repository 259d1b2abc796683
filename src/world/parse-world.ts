import { describeIssue } from './describe-issue.ts'
import { findMistakes } from './find-mistakes.ts'
import { readYaml } from './read-yaml.ts'
import { type PlaceOf, WorldFileError } from './world-file-error.ts'
import { worldSchema, type World } from './world-schema.ts'

/** What a world file says, and where it says it. */
export interface WorldFile {
  readonly world: World
  readonly placeOf: PlaceOf
}

/**
 * Reads a world file and checks all that can be checked without a platform.
 * @param text YAML (JSON is YAML too)
 * @param file its name, for messages
 * @throws WorldFileError
 */
export function parseWorld(text: string, file: string): WorldFile {
  const { value, placeOf } = readYaml(text, file)
  if (value === null || value === undefined) {
    throw new WorldFileError(`${file}: is empty; expected at least 'subscriptions:' with one subscription`)
  }
  return { world: checkWorld(value, placeOf), placeOf }
}

/**
 * Checks a world that was read, or written in a program.
 * @param placeOf says where something of it stands
 * @throws WorldFileError
 */
export function checkWorld(value: unknown, placeOf: PlaceOf): World {
  const parsed = worldSchema.safeParse(value)
  if (!parsed.success) {
    throw WorldFileError.of(
      parsed.error.issues.flatMap((issue) => describeIssue(issue, value)),
      placeOf,
    )
  }
  const mistakes = findMistakes(parsed.data)
  if (mistakes.length > 0) throw WorldFileError.of(mistakes, placeOf)
  return parsed.data
}

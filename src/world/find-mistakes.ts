import { findDuplicates } from './find-duplicates.ts'
import { findDeadReferences } from './find-dead-references.ts'
import type { Mistake } from './world-file-error.ts'
import type { World } from './world-schema.ts'

/** What is wrong in a world that has the right shape: the same thing twice, and names of what is not there. */
export function findMistakes(world: World): readonly Mistake[] {
  return [...findDuplicates(world), ...findDeadReferences(world)]
}

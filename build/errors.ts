// Writes docs/errors.md from the known errors that `lanyard explain` looks for.
import { writeFile } from 'node:fs/promises'
import { describeKnownErrors } from '../src/diagnosis/describe-known-errors.ts'

await writeFile(new URL('../docs/errors.md', import.meta.url), describeKnownErrors())

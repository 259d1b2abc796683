// Writes the JSON Schema of the world file, which editors read, from the schema that Lanyard itself checks with.
import { mkdir, writeFile } from 'node:fs/promises'
import { worldJsonSchema } from '../src/world/world-schema.ts'

const folder = new URL('../schema/', import.meta.url)
await mkdir(folder, { recursive: true })
await writeFile(new URL('lanyard.schema.json', folder), `${JSON.stringify(worldJsonSchema(), null, 2)}\n`)

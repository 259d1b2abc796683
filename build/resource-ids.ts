// Writes docs/resource-ids.md from the data that tokens are issued by.
import { writeFile } from 'node:fs/promises'
import { resourceIdsPage } from './resource-ids-page.ts'

await writeFile(new URL('../docs/resource-ids.md', import.meta.url), resourceIdsPage())

import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that `npm run build` puts the portal into. This code lies in `dist`, or in a folder of `dist` or of `src`. */
export function builtPortal(): string {
  const here = path.dirname(fileURLToPath(import.meta.url))
  return path.join(here, path.basename(here) === 'dist' ? '..' : '../..', 'dist', 'portal')
}

// Loaded before each test file (`--import` in package.json): compiled code is kept between runs and shared with the processes that
// tests start, most of whose time would go into stripping the same types again.
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../node_modules/.cache/lanyard-tests', import.meta.url))
enableCompileCache(folder)
process.env['NODE_COMPILE_CACHE'] ??= folder

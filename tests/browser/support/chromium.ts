import { existsSync } from 'node:fs'
import path from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome']
/** Where macOS and Windows keep what is not on the path. */
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
]
const onPath = (process.env['PATH'] ?? '').split(path.delimiter).flatMap((folder) => names.map((name) => path.join(folder, name)))
const named = process.env['LANYARD_CHROMIUM']

/** The Chromium that tests drive: LANYARD_CHROMIUM, or the one that is installed; undefined when there is none. */
export const chromiumPath = (named === undefined ? [...onPath, ...places] : [named]).find(existsSync)

/** Why tests in a browser are skipped; undefined when they are not. */
export const withoutChromium =
  chromiumPath === undefined
    ? named === undefined
      ? 'Chromium is not installed (Debian: the package chromium; in another place: LANYARD_CHROMIUM)'
      : `there is no Chromium at ${named} (LANYARD_CHROMIUM)`
    : undefined

/** A host that is not Lanyard's and that leads to this machine. */
export const reboundHost = 'rebound.test'

/** What Chromium is started with: it asks nobody outside anything. */
export const chromiumArguments: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // A name of somebody else's that leads to this machine, for the test of it.
  `--host-resolver-rules=MAP ${reboundHost} 127.0.0.1`,
  // Glyphs of the same shape on every machine, for the pictures.
  '--font-render-hinting=none',
]

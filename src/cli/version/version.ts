import { defineVerb } from '../verb.ts'
import { version } from './release.ts'

/** `lanyard version` */
export const createCommand = defineVerb({
  name: 'version',
  summary: 'Show the versions of this program and its runtime',
  examples: ['version', 'version --query lanyard -o tsv'],
  run: async () => ({ lanyard: version, node: process.versions.node, platform: `${process.platform}-${process.arch}` }),
})

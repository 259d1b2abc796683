import manifest from '../../../package.json' with { type: 'json' }

/** The version of this program, as it is published. */
export const { version } = manifest

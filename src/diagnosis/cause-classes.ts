/**
 * The class of each cause and the exit code of `lanyard doctor` for it. They are part of the interface: scripts branch on them, and
 * docs/doctor.md lists them.
 */
export const causeClasses = {
  'nothing-answers': { exitCode: 10, meaning: 'nothing answers where tokens come from' },
  'proxy-in-the-way': { exitCode: 11, meaning: 'a proxy answers in its place, or keeps the request' },
  'another-service': { exitCode: 12, meaning: 'another service answers in its place' },
  'unknown-machine': { exitCode: 13, meaning: 'the service does not know this machine' },
  'no-identity': { exitCode: 14, meaning: 'the machine has no identity' },
  'identity-choice': { exitCode: 15, meaning: 'several identities and none named, or one named that is not attached' },
  'no-extension': { exitCode: 16, meaning: 'the old address is asked, and the extension does not answer' },
  'service-failing': { exitCode: 17, meaning: 'a service is throttled, being updated, failing, or does not answer in time' },
  'wrong-token': { exitCode: 18, meaning: 'the token is of another issuer, tenant or audience, is no token, or is refused' },
  'wrong-time': { exitCode: 19, meaning: 'the clocks of this machine and of the service differ' },
  'resource-manager-out-of-reach': {
    exitCode: 20,
    meaning: 'the resource manager is not reached, or its certificate not trusted',
  },
  'no-access': { exitCode: 21, meaning: 'the identity has no role that reads the machine' },
  'no-principal': { exitCode: 22, meaning: 'the call of the sign-in script returns no principal' },
} as const

export type CauseClass = keyof typeof causeClasses

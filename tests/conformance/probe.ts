// What a probe tells: the programs `clients/*/probe.*` print one line of it, as JSON.

/** The ways in which a client asks for a token, and what goes wrong on purpose. */
export const ways = {
  system: 'no identity named',
  clientId: 'by client id',
  objectId: 'by object id',
  resourceId: 'by resource id',
  default: 'DefaultAzureCredential',
  workload: 'WorkloadIdentityCredential',
  read: 'reads a resource',
  stranger: 'an identity that is not attached',
  unknownResource: 'a resource that does not exist',
} as const

export type Way = keyof typeof ways

/** The name of the identity that a token is of, or of the resource that was read; else what the client raised, and said. */
export type Told = string | { readonly failed: string; readonly message: string }

/** A way that a client does not have is left out. */
export type Probe = Readonly<Partial<Record<Way, Told>>>

/** What the clients pass on of the reasons that they are given. */
const reasons = [
  /AADSTS\d+/,
  /Identity not found/,
  /Multiple user assigned identities exist/,
  /No User Assigned or Delegated Managed Identity found/,
  /No MSI found/,
  /No access was configured/,
  /has not been assigned to this resource|isn't assigned to this resource/,
  /(?:is|are)(?:n't| not| currently not| not currently) supported/,
]

/** In a few words: the name, or the class of the refusal with the reason that its message passes on. */
export function summaryOf(told: Told | undefined): string {
  if (told === undefined) return '–'
  if (typeof told === 'string') return told
  const reason = reasons.map((one) => one.exec(told.message)?.[0]).find((found) => found !== undefined)
  return reason === undefined ? `\`${told.failed}\`` : `\`${told.failed}\`: ${reason}`
}

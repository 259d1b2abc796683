/** Lets tokens of another issuer stand in for a secret of an application or of a user-assigned identity. */
export interface FederatedCredential {
  readonly name: string
  /** Compared byte for byte, as the subject and the audiences are. */
  readonly issuer: string
  readonly subject: string
  readonly audiences: readonly string[]
}

/** What Entra wants to be the audience of a token that is exchanged. */
export const exchangeAudience = 'api://AzureADTokenExchange'

/** What an assertion says of itself. */
export interface PresentedIdentity {
  readonly issuer: string
  readonly subject: string
  readonly audiences: readonly string[]
}

/**
 * The credential that an assertion matches, or what no credential has: it is looked for by issuer first, then by subject, then by
 * audience, and Entra tells which of them it did not find.
 */
export function matchFederatedCredential(
  credentials: readonly FederatedCredential[],
  { issuer, subject, audiences }: PresentedIdentity,
): FederatedCredential | 'issuer' | 'subject' | 'audience' {
  const ofIssuer = credentials.filter((one) => one.issuer === issuer)
  if (ofIssuer.length === 0) return 'issuer'
  const ofSubject = ofIssuer.filter((one) => one.subject === subject)
  if (ofSubject.length === 0) return 'subject'
  return ofSubject.find((one) => one.audiences.some((audience) => audiences.includes(audience))) ?? 'audience'
}

/** The token of a service account, and who may be with it. */
export interface ProjectedToken {
  readonly token: string
  /** Of the one user-assigned identity that is federated with the service account; undefined when none is, or several are. */
  readonly clientId: string | undefined
}

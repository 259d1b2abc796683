/** An application cannot be registered as asked: its client id or an identifier URI is another's. */
export class ApplicationConflictError extends Error {
  override name = 'ApplicationConflictError'
}

/** There is no application with this client id. */
export class ApplicationNotFoundError extends Error {
  override name = 'ApplicationNotFoundError'
  readonly clientId: string
  constructor(clientId: string) {
    super(`There is no application with the client id '${clientId}'.`)
    this.clientId = clientId
  }
}

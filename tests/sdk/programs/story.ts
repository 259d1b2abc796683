/** What a program of a user would know of where it runs. */
export const subscriptionId = '6c616e79-6172-4400-8000-0000000000d1'
export const groupId = `/subscriptions/${subscriptionId}/resourceGroups/lanyard`
export const identityId = (name: string) => `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`

/** What a failed call tells the program that made it: the class, and of a service's answer its code and status. */
export interface Failure {
  readonly failed: string | undefined
  readonly code?: unknown
  readonly status?: unknown
  readonly message: string
}

/** The outcome of a call that may fail. */
export async function outcome<T>(call: Promise<T>): Promise<T | Failure> {
  try {
    return await call
  } catch (error) {
    const { name, message, code, statusCode } = error as Error & { code?: unknown; statusCode?: unknown }
    return { failed: name, message, ...(code !== undefined && { code }), ...(statusCode !== undefined && { status: statusCode }) }
  }
}

/** All items of a paged list. */
export async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of pages) items.push(item)
  return items
}

/** Hands the result of a program to the test that runs it. */
export function tell(result: object): void {
  process.stdout.write(JSON.stringify(result))
}

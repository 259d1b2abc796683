import type { ResourceId } from '../resource-ids/resource-id.ts'

/** What stands in the way of an operation on resources. Transport-free: an endpoint maps `code` to its protocol. */
export abstract class ResourceError extends Error {
  abstract readonly code: string
}

export class SubscriptionNotFoundError extends ResourceError {
  override name = 'SubscriptionNotFoundError'
  readonly code = 'SubscriptionNotFound'
  readonly subscriptionId: string
  constructor(subscriptionId: string) {
    super(`The subscription '${subscriptionId}' could not be found.`)
    this.subscriptionId = subscriptionId
  }
}

export class ResourceGroupNotFoundError extends ResourceError {
  override name = 'ResourceGroupNotFoundError'
  readonly code = 'ResourceGroupNotFound'
  constructor(group: string) {
    super(`Resource group '${group}' could not be found.`)
  }
}

export class ResourceNotFoundError extends ResourceError {
  override name = 'ResourceNotFoundError'
  readonly code = 'ResourceNotFound'
  constructor(id: ResourceId) {
    super(
      `The Resource '${id.text.split('/providers/').at(-1)}' under resource group '${id.resourceGroup ?? ''}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    )
  }
}

export class ManagementGroupNotFoundError extends ResourceError {
  override name = 'ManagementGroupNotFoundError'
  readonly code = 'ManagementGroupNotFound'
  constructor(name: string) {
    super(`'/providers/Microsoft.Management/managementGroups/${name}' not found`)
  }
}

/** A resource that would be in no subscription. */
export class MissingSubscriptionError extends ResourceError {
  override name = 'MissingSubscriptionError'
  readonly code = 'MissingSubscription'
  constructor() {
    super('The request did not have a subscription or a valid tenant level resource provider.')
  }
}

export class ParentResourceNotFoundError extends ResourceError {
  override name = 'ParentResourceNotFoundError'
  readonly code = 'ParentResourceNotFound'
  constructor(id: ResourceId) {
    super(
      `Failed to perform 'write' on resource(s) of type '${id.type.split('/').slice(1).join('/')}', because the parent resource '${id.parent?.text ?? ''}' could not be found.`,
    )
  }
}

/** The body asks for something that cannot be: wrong identity type, an id that is no user-assigned identity, no location, … */
export class InvalidResourceInputError extends ResourceError {
  override name = 'InvalidResourceInputError'
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

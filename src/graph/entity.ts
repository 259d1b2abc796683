export type GraphValue = string | boolean | null | readonly GraphValue[] | { readonly [name: string]: GraphValue }

/** An object of the directory as Microsoft Graph shows it, property by property. */
export type EntityView = Readonly<Record<string, GraphValue>> & { readonly id: string; readonly displayName: string }

/** A kind of object, as far as queries ask after it. */
export interface EntityType {
  /** After `microsoft.graph.`, for instance `servicePrincipal`. */
  readonly name: string
  /** As the messages of the query engine have it, for instance `ServicePrincipal`. */
  readonly resource: string
  /** Names of all properties. */
  readonly propertyNames: readonly string[]
  /** Properties that a filter may name, with what stands beside them. */
  readonly filterable: Readonly<Record<string, 'string' | 'boolean' | 'collection'>>
}

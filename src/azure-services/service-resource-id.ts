/** Azure's clouds, by the names that `az cloud list` gives them. The German one is retired; its ids are kept for old code. */
export const clouds = ['AzureCloud', 'AzureUSGovernment', 'AzureGermanCloud', 'AzureChinaCloud'] as const
export type Cloud = (typeof clouds)[number]

/** The id by which a client asks for a token of a service: what it passes as `resource`, and what the token says as `aud`. */
export interface ServiceResourceId {
  /** What Azure calls the service. */
  readonly service: string
  /** As documented, trailing slash included. Clients may add or drop one. */
  readonly resourceId: string
  readonly cloud: Cloud
  /** What vouches for the id: a page of Azure's documentation, or the client that asks for it. */
  readonly source: string
}

/** What one source says of a service: an id in each cloud that it names. */
export interface SourcedService {
  readonly service: string
  readonly source: string
  readonly ids: Readonly<Partial<Record<Cloud, string>>>
}

/** One row for each id that the sources give, in their order and that of the clouds. */
export function rowsOf(services: readonly SourcedService[]): readonly ServiceResourceId[] {
  return services.flatMap(({ service, source, ids }) =>
    clouds.flatMap((cloud) => {
      const resourceId = ids[cloud]
      return resourceId === undefined ? [] : [{ service, resourceId, cloud, source }]
    }),
  )
}

import { publishedExtensions } from '../resources/compute/published-extensions.ts'
import { ArmError } from './arm-error.ts'
import type { ListCall, Route } from './route.ts'

/** The extensions of a publisher; of all publishers when it is undefined. */
function published(publisher: string | undefined) {
  return publishedExtensions.filter((one) => publisher === undefined || one.publisher.toLowerCase() === publisher.toLowerCase())
}

function item({ scope, names: { location = '' } }: ListCall, path: string, name: string): object {
  const id = `/Subscriptions/${scope.subscriptionId ?? ''}/Providers/Microsoft.Compute/Locations/${location}/Publishers/${path}`
  return { location, name, id }
}

function notFound(what: string): ArmError {
  return new ArmError(404, 'NotFound', `${what} was not found.`)
}

async function listPublishers(call: ListCall): Promise<object> {
  const publishers = [...new Set(published(undefined).map(({ publisher }) => publisher))]
  return publishers.map((publisher) => item(call, publisher, publisher))
}

async function listTypes(call: ListCall): Promise<object> {
  const { publisher = '' } = call.names
  const types = published(publisher)
  if (types.length === 0) throw notFound(`Artifact: PublisherName ${publisher}`)
  return types.map((one) => item(call, `${one.publisher}/ArtifactTypes/VMExtension/Types/${one.type}`, one.type))
}

async function listVersions(call: ListCall): Promise<object> {
  const { publisher = '', handler = '' } = call.names
  const found = published(publisher).find(({ type }) => type.toLowerCase() === handler.toLowerCase())
  if (!found) throw notFound(`Artifact: VMExtension ${publisher}.${handler}`)
  return found.versions.map((version) =>
    item(call, `${found.publisher}/ArtifactTypes/VMExtension/Types/${found.type}/Versions/${version}`, version),
  )
}

const publishers = '/subscriptions/:subscription|/providers/Microsoft.Compute/locations/:location/publishers'
const listAction = 'Microsoft.Compute/locations/publishers/read'

/** Which extensions can be deployed: what `az vm extension set` asks before it deploys one without a version. */
export const extensionImageRoutes: readonly Route[] = [
  { method: 'GET', pattern: publishers, listAction, handle: listPublishers },
  { method: 'GET', pattern: `${publishers}/:publisher/artifacttypes/vmextension/types`, listAction, handle: listTypes },
  {
    method: 'GET',
    pattern: `${publishers}/:publisher/artifacttypes/vmextension/types/:handler/versions`,
    listAction,
    handle: listVersions,
  },
]

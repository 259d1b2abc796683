import type { FederatedCredential } from '../../directory/federated-credential.ts'
import { parseResourceId } from '../../resource-ids/parse-resource-id.ts'
import { InvalidResourceInputError } from '../errors.ts'
import type { JsonObject, Resource, ResourceStore } from '../resource.ts'
import type { ResourceKind } from '../resource-kind.ts'

const type = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials'

/** Of one identity (wire.md F.6). */
const mostCredentials = 20
/** Characters of an issuer, a subject or an audience. */
const longestText = 600

/** `…/userAssignedIdentities/{identity}/federatedIdentityCredentials/{name}` (wire.md F.6). */
export const federatedCredentialKind: ResourceKind = {
  type,
  needsLocation: false,
  mayHaveIdentity: false,
  isProxy: true,
  checkName({ name }) {
    if (/^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/.test(name)) return
    throw refused(
      `The name '${name}' of a federated identity credential must begin with a letter or a digit, and have 3 to 120 letters, digits, '-' and '_'.`,
    )
  },
  async complete({ stores, id, properties }) {
    if (properties['claimsMatchingExpression'] !== undefined) {
      throw refused(
        'Lanyard has no flexible federated identity credentials: give a subject in place of claimsMatchingExpression.',
      )
    }
    const issuer = textOf(properties, 'issuer')
    if (URL.parse(issuer)?.protocol !== 'https:') throw refused(`The issuer '${issuer}' is not a URL that begins with https://.`)
    const subject = textOf(properties, 'subject')
    const audiences = audiencesOf(properties)
    const others = (await credentialsOf(stores.resources, id.parent?.key ?? '')).filter(
      ({ name }) => name.toLowerCase() !== id.name.toLowerCase(),
    )
    if (others.length >= mostCredentials) {
      throw refused(`There are too many federated identity credentials on this identity: it may have ${mostCredentials}.`)
    }
    const same = others.find((other) => other.issuer === issuer && other.subject === subject)
    if (same) {
      throw refused(
        `Issuer and subject combination already exists for this Managed Identity, in the federated identity credential '${same.name}'.`,
      )
    }
    return { issuer, subject, audiences }
  },
}

/**
 * The federated credentials of a user-assigned identity.
 * @param identityKey its ARM id in lower case
 */
export async function credentialsOf(
  resources: Pick<ResourceStore, 'listResourcesBelow'>,
  identityKey: string,
): Promise<readonly FederatedCredential[]> {
  const below = await resources.listResourcesBelow(identityKey)
  return below.filter(({ id }) => parseResourceId(id).type.toLowerCase() === type.toLowerCase()).map(toCredential)
}

/** What is kept has been checked when it was written. */
function toCredential({ id, properties }: Resource): FederatedCredential {
  const { issuer, subject, audiences } = properties as unknown as Omit<FederatedCredential, 'name'>
  return { name: parseResourceId(id).name, issuer, subject, audiences }
}

function textOf(properties: JsonObject, name: string): string {
  const value = properties[name]
  if (typeof value === 'string' && value !== '' && value.length <= longestText) return value
  throw refused(`A federated identity credential needs its ${name}, a text of at most ${longestText} characters.`)
}

function audiencesOf({ audiences }: JsonObject): readonly string[] {
  const [only, another] = Array.isArray(audiences) ? (audiences as unknown[]) : []
  if (typeof only === 'string' && only !== '' && only.length <= longestText && another === undefined) return [only]
  throw refused('A federated identity credential needs audiences, a list of one text, for instance api://AzureADTokenExchange.')
}

function refused(sentence: string): InvalidResourceInputError {
  return new InvalidResourceInputError('BadRequest', sentence)
}

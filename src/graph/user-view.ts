import type { User } from '../directory/user.ts'
import type { EntityType, EntityView } from './entity.ts'

export const userType = '#microsoft.graph.user'

/** What Graph shows of a user unless more is selected. */
const defaultProperties = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
]

/** The properties of a user. Those that Lanyard knows nothing of have the value that Graph gives when they are not set. */
export function viewUser({ objectId, userPrincipalName, displayName, createdAt }: User): EntityView {
  const words = displayName.split(/\s+/)
  return {
    businessPhones: [],
    displayName,
    givenName: words.length > 1 ? (words[0] ?? null) : null,
    jobTitle: null,
    mail: null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: words.length > 1 ? words.slice(1).join(' ') : null,
    userPrincipalName,
    id: objectId,
    accountEnabled: true,
    createdDateTime: `${new Date(createdAt).toISOString().slice(0, 19)}Z`,
    deletedDateTime: null,
    department: null,
    mailNickname: userPrincipalName.split('@')[0] ?? '',
    otherMails: [],
    proxyAddresses: [],
    userType: 'Member',
  }
}

/** A view without what Graph leaves out unless it is asked for. */
export function shortUserView(view: EntityView): Readonly<Record<string, EntityView[string]>> {
  return Object.fromEntries(defaultProperties.map((name) => [name, view[name] ?? null]))
}

export const userEntity: EntityType = {
  name: 'user',
  resource: 'User',
  propertyNames: Object.keys(
    viewUser({ objectId: '', userPrincipalName: '', displayName: '', passwordHash: undefined, createdAt: 0 }),
  ),
  filterable: {
    id: 'string',
    userPrincipalName: 'string',
    displayName: 'string',
    givenName: 'string',
    surname: 'string',
    mail: 'string',
    mailNickname: 'string',
    userType: 'string',
    accountEnabled: 'boolean',
    otherMails: 'collection',
    proxyAddresses: 'collection',
  },
}

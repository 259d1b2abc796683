/** A program that proves itself by a token of another issuer, as Azure's portal offers them. */
export type Scenario = 'github' | 'kubernetes' | 'other'

/** A part of the subject, or the issuer, that is asked for. */
export interface ScenarioField {
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** Choices; a text when left out. */
  readonly options?: readonly (readonly [value: string, text: string])[]
  /** Whether it is asked for, given what else is known; always when left out. */
  readonly isAsked?: (values: Values) => boolean
}

export type Values = Readonly<Record<string, string>>

/** What the values of a scenario come to; undefined while a part is missing. */
export interface Federation {
  readonly issuer: string | undefined
  readonly subject: string | undefined
}

interface ScenarioDefinition {
  readonly title: string
  readonly fields: readonly ScenarioField[]
  readonly federation: (values: Values) => Federation
}

export const defaultAudience = 'api://AzureADTokenExchange'
export const gitHubIssuer = 'https://token.actions.githubusercontent.com'

const entities = [
  ['environment', 'Environment'],
  ['branch', 'Branch'],
  ['pull_request', 'Pull request'],
  ['tag', 'Tag'],
] as const

/** The text before the name of each kind of entity in a subject of GitHub's (GitHub Docs, OpenID Connect reference). */
const entityPrefix: Readonly<Record<string, string>> = {
  environment: 'environment:',
  branch: 'ref:refs/heads/',
  tag: 'ref:refs/tags/',
}

const entityOf = ({ entity }: Values) => entity || 'environment'

export const scenarios: Readonly<Record<Scenario, ScenarioDefinition>> = {
  github: {
    title: 'GitHub Actions deploying Azure resources',
    fields: [
      { name: 'organization', label: 'Organization', hint: 'Or the name of the user' },
      { name: 'repository', label: 'Repository' },
      { name: 'entity', label: 'Entity', options: entities },
      {
        name: 'entityName',
        label: 'Name of the environment, branch or tag',
        isAsked: (values) => entityOf(values) !== 'pull_request',
      },
    ],
    federation(values) {
      const { organization, repository, entityName } = trimmed(values)
      const entity = entityOf(values)
      const end = entity === 'pull_request' ? entity : entityName && `${entityPrefix[entity] ?? ''}${entityName}`
      const isWhole = organization && repository && end
      return { issuer: gitHubIssuer, subject: isWhole ? `repo:${organization}/${repository}:${end}` : undefined }
    },
  },
  kubernetes: {
    title: 'Kubernetes accessing Azure resources',
    fields: [
      { name: 'issuer', label: 'Cluster issuer URL', hint: 'az aks show --query oidcIssuerProfile.issuerUrl' },
      { name: 'namespace', label: 'Namespace' },
      { name: 'serviceAccount', label: 'Service account' },
    ],
    federation(values) {
      const { issuer, namespace, serviceAccount } = trimmed(values)
      const isWhole = namespace && serviceAccount
      return {
        issuer: issuer || undefined,
        subject: isWhole ? `system:serviceaccount:${namespace}:${serviceAccount}` : undefined,
      }
    },
  },
  other: {
    title: 'Other issuer',
    fields: [
      { name: 'issuer', label: 'Issuer URL', hint: 'The claim iss of the tokens' },
      { name: 'subject', label: 'Subject identifier', hint: 'The claim sub of the tokens, to the letter' },
    ],
    federation(values) {
      const { issuer, subject } = trimmed(values)
      return { issuer: issuer || undefined, subject: subject || undefined }
    },
  },
}

function trimmed(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()]))
}

/** What is wrong with the name of a federated credential; undefined for one that can be taken, and for none. */
export function mistakeInName(name: string): string | undefined {
  if (name === '' || /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/.test(name)) return undefined
  return 'It begins with a letter or a digit, and has 3 to 120 letters, digits, hyphens and underscores.'
}

/** What is wrong with an issuer; undefined for one that can be taken, and for none. */
export function mistakeInIssuer(issuer: string | undefined): string | undefined {
  if (issuer === undefined || URL.parse(issuer)?.protocol === 'https:') return undefined
  return 'It is a URL that begins with https://.'
}

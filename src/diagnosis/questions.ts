import { apiVersions, parseJson, quoted, resourceManagerAudience } from '../api-client/index.ts'
import { page } from '../contracts/resource.ts'
import type { Surroundings } from './link.ts'
import { isAnswered, type Answer } from './probe.ts'
import type { TokenSourceOfHost } from './token-source-of-host.ts'

/**
 * What the links ask of the services. Each question is asked once, when it is first needed or earlier: the doctor asks those that
 * need nothing all at once, and those that need a token all at once when there is one.
 */
export interface Questions {
  /** The instance document of the metadata service. */
  instance(): Promise<Answer>
  /** The same past every proxy. */
  instanceDirectly(): Promise<Answer>
  /** The tenant, by the metadata service. */
  identityInfo(): Promise<Answer>
  /** A token for the resource manager, of the identity that the host chooses. */
  token(): Promise<Answer>
  /** The same of the identity that the user's code names; the one above when it names none. */
  namedToken(): Promise<Answer>
  /** A token by the virtual machine extension. */
  extension(): Promise<Answer>
  subscriptions(token: string): Promise<ListAnswer>
  /** The machine itself. */
  machine(token: string, machineId: string): Promise<Answer>
  /** The role assignments of a principal that count at the machine. */
  assignments(token: string, machineId: string, principalId: string): Promise<ListAnswer>
  roleDefinitions(token: string, machineId: string): Promise<ListAnswer>
  /** What the sign-in script asks: the resources of the machine's name. */
  resourcesByName(token: string, machineId: string): Promise<ListAnswer>
}

/** All items of a list, or the answer that is none. */
export type ListAnswer = { readonly items: readonly unknown[] } | { readonly answer: Answer }

const instanceVersion = '2021-02-01'
/** More pages than a principal has roles, or a subscription resources of one name. */
const mostPages = 20

export function createQuestions(surroundings: Surroundings, source: TokenSourceOfHost): Questions {
  const { ask, askDirectly, endpoints, timeouts, selector } = surroundings
  const once = <T>(question: () => Promise<T>): (() => Promise<T>) => {
    let asked: Promise<T> | undefined
    return () => (asked ??= question())
  }
  const kept = new Map<string, Promise<Answer | ListAnswer>>()
  const onceFor = <T extends Answer | ListAnswer>(key: string, question: () => Promise<T>): Promise<T> => {
    const asked = (kept.get(key) as Promise<T> | undefined) ?? question()
    kept.set(key, asked)
    return asked
  }
  const metadata = (path: string, timeout: number) => ({
    url: `${endpoints.metadata}${path}`,
    headers: { Metadata: 'true' },
    timeout,
  })
  const instance = metadata(`/metadata/instance?api-version=${instanceVersion}`, timeouts.metadata)
  const arm = (token: string, path: string) =>
    ask({
      url: path.startsWith('https://') ? path : `${endpoints.resourceManager}${path}`,
      headers: { accept: 'application/json', authorization: `Bearer ${token}` },
      timeout: timeouts.service,
    })
  const list = async (token: string, path: string): Promise<ListAnswer> => {
    const items: unknown[] = []
    let next: string | undefined = path
    for (let count = 0; next !== undefined && count < mostPages; count++) {
      const answer = await arm(token, next)
      const parsed = isAnswered(answer) && answer.status === 200 ? page.safeParse(parseJson(answer.text)) : undefined
      if (!parsed?.success) return { answer }
      items.push(...parsed.data.value)
      // A token goes to the service it is for and to nobody else, whatever a link says.
      const { nextLink } = parsed.data
      next = nextLink?.startsWith(`${endpoints.resourceManager}/`) ? nextLink : undefined
    }
    return { items }
  }
  const token = once(() => source.ask(resourceManagerAudience, undefined))
  return {
    instance: once(() => ask(instance)),
    instanceDirectly: once(() => askDirectly(instance)),
    identityInfo: once(() => ask(metadata('/metadata/identity/info?api-version=2018-02-01', timeouts.metadata))),
    token,
    namedToken: selector === undefined ? token : once(() => source.ask(resourceManagerAudience, selector)),
    extension: once(() =>
      askDirectly({
        url: `${extensionAddress(surroundings)}?${new URLSearchParams({ resource: resourceManagerAudience })}`,
        headers: { Metadata: 'true' },
        timeout: timeouts.metadata,
      }),
    ),
    subscriptions: (accessToken) =>
      onceFor('subscriptions', () => list(accessToken, `/subscriptions?api-version=${apiVersions.subscriptions}`)),
    machine: (accessToken, id) => onceFor('machine', () => arm(accessToken, `${id}?api-version=${versionFor(id)}`)),
    assignments: (accessToken, id, principalId) =>
      onceFor('assignments', () => {
        const query = new URLSearchParams({ $filter: `assignedTo('${principalId}')`, 'api-version': apiVersions.roleAssignments })
        return list(accessToken, `${id}/providers/Microsoft.Authorization/roleAssignments?${query}`)
      }),
    roleDefinitions: (accessToken, id) =>
      onceFor('role-definitions', () =>
        list(accessToken, `${id}/providers/Microsoft.Authorization/roleDefinitions?api-version=${apiVersions.roleDefinitions}`),
      ),
    resourcesByName: (accessToken, id) =>
      onceFor('resources', () => {
        const [, , subscription = ''] = id.split('/')
        const query = new URLSearchParams({
          $filter: `name eq ${quoted(id.split('/').at(-1) ?? '')}`,
          'api-version': apiVersions.resources,
        })
        return list(accessToken, `/subscriptions/${subscription}/resources?${query}`)
      }),
  }
}

/** Where the virtual machine extension is asked: where MSI_ENDPOINT says, as the clients of its time did, else at its usual port. */
export function extensionAddress({ env }: Pick<Surroundings, 'env'>): string {
  const { MSI_ENDPOINT: told, MSI_SECRET: secret } = env
  return told !== undefined && !secret && URL.canParse(told) ? told : 'http://localhost:50342/oauth2/token'
}

/** A version of the type of a machine, or of what plays one. */
function versionFor(id: string): string {
  const type = /\/providers\/([^/]+\/[^/]+)\//i.exec(id)?.[1]?.toLowerCase() ?? ''
  return versions[type] ?? apiVersions.virtualMachines
}

const versions: Readonly<Record<string, string>> = {
  'microsoft.web/sites': '2023-12-01',
  'microsoft.hybridcompute/machines': '2024-07-10',
  'microsoft.app/containerapps': '2024-03-01',
  'microsoft.containerservice/managedclusters': '2024-09-01',
  'microsoft.managedidentity/userassignedidentities': apiVersions.identities,
}

import { asyncOperation } from '../contracts/arm-error.ts'
import { page } from '../contracts/resource.ts'
import type { AccessToken } from './access-token.ts'
import { ApiError, parseJson, UnexpectedAnswerError } from './errors.ts'
import type { Reply, Transport } from './transport.ts'

/** Tokens as the caller keeps them; `renew` asks the source although one is kept. */
export type TokenProvider = (resource: string, options?: { readonly renew: boolean }) => Promise<AccessToken>

export interface AuthorizedClientOptions {
  readonly transport: Transport
  readonly baseUrl: string
  /** The audience of the bearer token. */
  readonly audience: string
  readonly tokens: TokenProvider
  readonly newGuid: () => string
  readonly sleep: (milliseconds: number) => Promise<void>
}

export interface ApiRequest {
  readonly method: string
  /** A path with query below the base, or an absolute URL under it (a `nextLink`). */
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A client of Resource Manager, or of Graph: bearer tokens, paging, long-running operations, the error envelope. */
export interface AuthorizedClient {
  /** The answer whatever its status. */
  send(request: ApiRequest): Promise<Reply>
  /** The parsed body. @throws ApiError unless the status is a success */
  call(request: ApiRequest): Promise<unknown>
  /** Like `call`, waiting for a long-running operation to end. */
  callAndWait(request: ApiRequest): Promise<unknown>
  /** All items of a list, following `nextLink`. */
  list(path: string): Promise<unknown[]>
  /** The same page by page, as they come. */
  pages(path: string): AsyncGenerator<readonly unknown[], void>
}

const timeout = 60_000
const retries = 3
const pollingDelay = 2000

export function createAuthorizedClient(options: AuthorizedClientOptions): AuthorizedClient {
  const attempt = async (request: ApiRequest, token: AccessToken) =>
    options.transport({
      method: request.method,
      url: addressOf(options.baseUrl, request.path),
      headers: {
        accept: 'application/json',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
        authorization: `Bearer ${token.accessToken}`,
        'x-ms-client-request-id': options.newGuid(),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      timeout,
      retries: request.method === 'POST' ? 0 : retries,
    })
  const send = async (request: ApiRequest) => {
    const token = await options.tokens(options.audience)
    const reply = await attempt(request, token)
    if (reply.status !== 401) return reply
    // The kept token may belong to an identity that was enabled anew, or to a key that is gone.
    const renewed = await options.tokens(options.audience, { renew: true })
    return renewed.accessToken === token.accessToken ? reply : attempt(request, renewed)
  }
  const call = async (request: ApiRequest) => bodyOf(await send(request))
  return {
    send,
    call,
    callAndWait: async (request) => {
      const reply = await send(request)
      const body = bodyOf(reply)
      const operation = reply.headers.get('azure-asyncoperation')
      if (operation) {
        await waitForOperation(operation, reply)
        return request.method === 'PUT' || request.method === 'PATCH' ? call({ method: 'GET', path: request.path }) : undefined
      }
      const location = reply.headers.get('location')
      return reply.status === 202 && location ? waitForLocation(location, reply) : body
    },
    list: async (path) => {
      const items: unknown[] = []
      for await (const page of pages(path)) items.push(...page)
      return items
    },
    pages,
  }

  async function* pages(path: string): AsyncGenerator<readonly unknown[], void> {
    for (let next: string | null | undefined = path; next;) {
      const parsed = page.safeParse(await call({ method: 'GET', path: next }))
      if (!parsed.success) throw new UnexpectedAnswerError(`${options.baseUrl} answered something that is not a list.`)
      yield parsed.data.value
      next = parsed.data.nextLink ?? parsed.data['@odata.nextLink']
    }
  }

  async function waitForOperation(url: string, first: Reply): Promise<void> {
    for (let reply = first; ;) {
      await options.sleep(delayOf(reply))
      reply = await send({ method: 'GET', path: url })
      const state = asyncOperation.safeParse(bodyOf(reply))
      if (!state.success) throw new UnexpectedAnswerError('The state of the operation is unreadable.')
      if (state.data.status === 'Succeeded') return
      if (state.data.status !== 'Failed' && state.data.status !== 'Canceled') continue
      throw new ApiError(
        reply.status,
        state.data.status,
        JSON.stringify({ error: state.data.error ?? undefined }),
        requestIdOf(first),
      )
    }
  }

  async function waitForLocation(url: string, first: Reply): Promise<unknown> {
    for (let reply = first; ;) {
      await options.sleep(delayOf(reply))
      reply = await send({ method: 'GET', path: url })
      if (reply.status !== 202) return bodyOf(reply)
    }
  }
}

function delayOf(reply: Reply): number {
  const seconds = Number(reply.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1000 : pollingDelay
}

function bodyOf(reply: Reply): unknown {
  if (reply.status >= 300) throw new ApiError(reply.status, reply.statusText, reply.text, requestIdOf(reply))
  return reply.text === '' ? undefined : parseJson(reply.text)
}

/** The request's id: Resource Manager's header, or Graph's. */
function requestIdOf({ headers }: Reply): string | undefined {
  return headers.get('x-ms-request-id') ?? headers.get('request-id') ?? undefined
}

/** A bearer token goes to the service it is for and to nobody else, whatever a link says. */
function addressOf(baseUrl: string, path: string): string {
  if (!/^https?:\/\//i.test(path)) return `${baseUrl}${path}`
  if (new URL(path).origin === new URL(baseUrl).origin) return path
  throw new UnexpectedAnswerError(`${baseUrl} links to ${new URL(path).origin}, which is another host; the link is not followed.`)
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccessControl } from '../access-control/access-control.ts'
import type { Caller } from '../access-control/authorized.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import type { Resources } from '../resources/operations.ts'

/** What handlers work with. */
export interface Services {
  readonly resources: Resources
  readonly accessControl: AccessControl
  readonly tenantId: string
}

/** A request whose caller is known and whose path is parsed. */
export interface Call {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly caller: Caller
  readonly apiVersion: string
  /** The scope that the route's path names. */
  readonly scope: ResourceId
  readonly services: Services
}

/** One operation of the control plane. The denial test reads the same table that registers the handlers. */
export interface Route {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE' | 'HEAD'
  /** Fastify's pattern. `*` stands for a scope of any depth. */
  readonly path: string
  /** `refused`: without a role 403. `filtered`: without a role 200 and less in it. */
  readonly withoutRole: 'refused' | 'filtered'
  /** The scope of the path; the whole path when left out. */
  readonly scopeOf?: (path: string) => string
  readonly handle: (call: Call) => Promise<unknown>
}

/** The path of a request as an id. @throws InvalidResourceIdError */
export function scopeOf(request: FastifyRequest, route: Route): ResourceId {
  const path = decodeURI(request.url.split('?')[0] ?? '/')
  return parseResourceId(route.scopeOf ? route.scopeOf(path) : path)
}

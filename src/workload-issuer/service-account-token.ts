/** A service account of a cluster. */
export interface ServiceAccount {
  readonly namespace: string
  readonly name: string
}

/** The subject by which a federated credential knows it. */
export function subjectOf({ namespace, name }: ServiceAccount): string {
  return `system:serviceaccount:${namespace}:${name}`
}

/** Of a projected token: the longest that workload identity allows; seconds. */
const lifetime = 86_400

export interface ServiceAccountTokenRequest {
  readonly issuer: string
  readonly serviceAccount: ServiceAccount
  readonly audience: string
  /** Seconds since the epoch. */
  readonly now: number
  readonly newGuid: () => string
}

/** The claims of the token that a cluster projects into a pod (Kubernetes, bound service account tokens). */
export function serviceAccountClaims({ issuer, serviceAccount, audience, now, newGuid }: ServiceAccountTokenRequest) {
  const { namespace, name } = serviceAccount
  return {
    aud: [audience],
    exp: now + lifetime,
    iat: now,
    iss: issuer,
    jti: newGuid(),
    'kubernetes.io': {
      namespace,
      pod: { name: `${name}-0`, uid: newGuid() },
      serviceaccount: { name, uid: newGuid() },
    },
    nbf: now,
    sub: subjectOf(serviceAccount),
  }
}

import type { RoleAssignment } from '../../src/access-control/role-assignment.ts'
import type { Application } from '../../src/directory/application.ts'
import type { ServicePrincipal } from '../../src/directory/service-principal.ts'
import type { User } from '../../src/directory/user.ts'
import type { Resource } from '../../src/resources/resource.ts'
import type { StoredSigningKey } from '../../src/tokens/signing-key.ts'

/** A GUID that tells its number. */
export const guid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

export const subscriptionId = 'A0000000-0000-4000-8000-00000000000B'
export const group = `/subscriptions/${subscriptionId}/resourceGroups/Web_1`
export const machineId = `${group}/providers/Microsoft.Compute/virtualMachines/Web-1`

export function samplePrincipal(number: number, changes: Partial<ServicePrincipal> = {}): ServicePrincipal {
  return {
    objectId: guid(number),
    clientId: guid(number + 1000),
    displayName: `principal ${number}`,
    kind: 'systemAssigned',
    managedBy: undefined,
    createdAt: 1_790_000_000_000 + number,
    ...changes,
  }
}

export function sampleApplication(number: number, changes: Partial<Application> = {}): Application {
  return {
    clientId: guid(number),
    displayName: `application ${number}`,
    identifierUris: [`api://Application-${number}`, `https://app-${number}.example/`],
    secrets: [
      { keyId: guid(number + 1), hash: 'scrypt$c2FsdA$aGFzaA', expiresAt: 1_800_000_000_000 },
      { keyId: guid(number + 2), hash: 'scrypt$c2FsdA$aGFzaDI', expiresAt: undefined },
    ],
    certificates: ['-----BEGIN CERTIFICATE-----'],
    federatedCredentials: [{ name: 'f', issuer: 'https://i', subject: 's', audiences: ['a'] }],
    ...changes,
  }
}

export function sampleUser(number: number, changes: Partial<User> = {}): User {
  return {
    objectId: guid(number),
    userPrincipalName: `User-${number}@Lanyard.local`,
    displayName: `user ${number}`,
    passwordHash: 'scrypt$c2FsdA$aGFzaA',
    createdAt: 1_790_000_000_000 + number,
    ...changes,
  }
}

export function sampleAssignment(number: number, changes: Partial<RoleAssignment> = {}): RoleAssignment {
  return {
    name: guid(number),
    scope: group,
    roleId: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
    principalId: guid(1),
    principalType: 'ServicePrincipal',
    description: undefined,
    createdAt: 1_790_000_000_000 + number,
    createdBy: guid(9),
    ...changes,
  }
}

/** A resource with the fewest fields. */
export function sampleResource(id: string, changes: Partial<Resource> = {}): Resource {
  return {
    id,
    location: undefined,
    tags: undefined,
    kind: undefined,
    managedBy: undefined,
    sku: undefined,
    plan: undefined,
    zones: undefined,
    identity: undefined,
    properties: {},
    createdAt: 1_790_000_000_000,
    changedAt: 1_790_000_000_001,
    ...changes,
  }
}

export function sampleSigningKey(number: number): StoredSigningKey {
  return {
    kid: `Kid-${number}`,
    encryptedPrivateKey: `a..b.c.${number}`,
    certificate: 'MIIB',
    createdAt: 1_790_000_000_000,
    activeFrom: 1_790_000_000_000 + number,
    retiresAt: 1_800_000_000_000,
  }
}

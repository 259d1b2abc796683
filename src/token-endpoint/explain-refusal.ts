import type { Refusal } from '../logs/refusal.ts'

type Advice = Pick<Refusal, 'cause' | 'remedy'>

/** By Entra's code: why, and what to do. `who` is the client's name. */
const advice: Readonly<Record<number, (who: string) => Advice>> = {
  7000215: (who) => ({
    cause: `The secret is none of those that ${who} has.`,
    remedy: 'Use the secret of lanyard.yaml (applications), or let lanyard run --as NAME lend one.',
  }),
  7000222: (who) => ({
    cause: `The secret of ${who} was right and has expired: secrets that lanyard run --as lends are good for a day.`,
    remedy: 'Let lanyard run --as NAME lend another. If it is new, compare the clocks: lanyard clock show.',
  }),
  7000218: () => ({
    cause: 'The request has neither a client_secret nor a client_assertion.',
    remedy: 'Send one: a client of Azure does when it is given a secret, a certificate, or a federated token.',
  }),
  700016: (who) => ({
    cause: `There is no application or user-assigned identity with the client id ${who} in this tenant.`,
    remedy:
      'Check the client id: az ad sp list --all --query "[].{name:displayName,id:appId}" -o table. A system-assigned identity signs in from its machine alone.',
  }),
  500011: () => ({
    cause: 'The audience is no service of Azure and no application of this tenant.',
    remedy:
      'Check the spelling (lanyard resource-ids list), or add the application to lanyard.yaml with this URI among identifierUris.',
  }),
  90002: () => ({
    cause: 'The address names another tenant than that of this installation.',
    remedy: 'Use the tenant id that lanyard up prints.',
  }),
  50059: () => ({
    cause: 'An application signs in under its own tenant; the address names none.',
    remedy: 'Put the tenant id in the place of common or organizations.',
  }),
  1002012: () => ({
    cause: 'An application asks for all that it has: its scope ends in /.default.',
    remedy: 'Ask for RESOURCE/.default, for instance https://management.azure.com/.default.',
  }),
  50126: () => ({
    cause: 'The password is not the one of this user, or the code is of an earlier lanyard up.',
    remedy: 'Use the password of lanyard.yaml (users), or the one that lanyard up has printed; it is made anew at each start.',
  }),
  50034: () => ({
    cause: 'There is no user of this name.',
    remedy: 'Sign in as administrator@lanyard.local, or add the user to lanyard.yaml (users).',
  }),
  50053: () => ({
    cause: 'The password was wrong too often, so the user is locked out for a while.',
    remedy: 'Wait a minute, or move the clock: lanyard clock move 5m.',
  }),
  700024: () => ({
    cause: 'The assertion has expired, or is not valid yet.',
    remedy: 'Make a new one; the token file of a pod is read anew for each. Compare the clocks: lanyard clock show.',
  }),
  700027: () => ({
    cause: 'The assertion was not signed by a certificate or an issuer that the client has.',
    remedy: 'Add the certificate to the application in lanyard.yaml (certificates).',
  }),
  700211: () => federation('issuer'),
  700212: () => federation('audience'),
  700213: () => federation('subject'),
}

function federation(part: string): Advice {
  return {
    cause: `No federated credential of the client has the ${part} of the token that was presented.`,
    remedy:
      'Compare them: az identity federated-credential list --identity-name NAME -g GROUP. Each of issuer, subject and audience must be the same to the letter.',
  }
}

/**
 * Why the authority refused, and what to do.
 * @param code of AADSTS; undefined when there is none
 * @param who name or client id of the client
 */
export function explainRefusal(code: number | undefined, who = 'the client'): Advice {
  const known = code !== undefined && Object.hasOwn(advice, code) ? advice[code] : undefined
  return known?.(who) ?? { cause: 'The message says it.', remedy: 'Change the request as the message says, and send it again.' }
}

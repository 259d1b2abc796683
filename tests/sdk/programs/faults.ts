// Asks for a token of every audience that the world's faults name: the metadata endpoint fails differently for each.
import { ManagedIdentityCredential } from '@azure/identity'
import { outcome, tell } from './story.ts'

const names = ['s404', 's429', 's429-silent', 's500', 's503', 'malformed', 'drop', 'good']

async function minutesLeft(name: string): Promise<string> {
  const token = await new ManagedIdentityCredential().getToken(`https://${name}.documents.azure.com/.default`)
  return `a token for ${Math.round((token.expiresOnTimestamp - Date.now()) / 60_000)} minutes`
}

const told = await Promise.all(names.map(async (name) => [name, await outcome(minutesLeft(name))] as const))
tell(Object.fromEntries(told))

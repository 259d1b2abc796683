import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity'
import { outcome, tell } from './story.ts'

const scope = 'https://management.azure.com/.default'
tell({
  managedIdentity: await outcome(new ManagedIdentityCredential().getToken(scope)),
  byDefault: await outcome(new DefaultAzureCredential().getToken(scope)),
})

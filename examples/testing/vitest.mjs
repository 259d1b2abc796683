import { ManagedIdentityCredential } from '@azure/identity'
import { startLanyard } from 'lanyard/testing'
import { expect, test } from 'vitest'

test('a short outage of the metadata service is survived', async () => {
  await using lanyard = await startLanyard()
  const { proxyOptions } = await lanyard.machine('web-1')
  lanyard.faults.add({ kind: 'answer', status: 503, requests: 'first' })

  const credential = new ManagedIdentityCredential({ proxyOptions })
  const { token } = await credential.getToken('https://vault.azure.net/.default')

  expect(token.split('.')).toHaveLength(3)
  expect(lanyard.requests.matching({ endpoint: 'metadata' }).map(({ status }) => status)).toEqual([503, 200])
})

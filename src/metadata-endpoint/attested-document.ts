import type { MachineFacts } from '../machines/machine.ts'
import { jsonAnswer, type MetadataAnswer } from './metadata-answer.ts'
import { badRequest } from './metadata-errors.ts'
import { objectAt, textAt } from './properties.ts'
import type { Query } from './query.ts'

/** First version with the document. */
export const attestedSince = '2018-10-01'

/** How long a document is good for, milliseconds. */
const lifetime = 6 * 3_600_000

/** Wraps content in a signed PKCS #7 message that carries it and the certificates, DER (RFC 5652). */
export type SignDocument = (content: Uint8Array) => Promise<Uint8Array>

/**
 * What the service attests of a machine, signed (wire.md D.2).
 * @param query may hold a `nonce`
 * @param now milliseconds since the epoch
 */
export async function attest(
  machine: MachineFacts['resource'],
  query: Query,
  now: number,
  sign: SignDocument,
): Promise<MetadataAnswer> {
  const nonce = query.get('nonce')
  if (nonce !== undefined && !/^[A-Za-z0-9]{1,32}$/.test(nonce)) return badRequest('The nonce must be 1 to 32 letters or digits')
  const { properties, plan = {}, id } = machine
  const content = JSON.stringify({
    licenseType: textAt(properties, 'licenseType'),
    nonce: nonce ?? compactTime(now),
    plan: { name: textAt(plan, 'name'), product: textAt(plan, 'product'), publisher: textAt(plan, 'publisher') },
    sku: textAt(objectAt(objectAt(properties, 'storageProfile'), 'imageReference'), 'sku'),
    subscriptionId: id.split('/')[2] ?? '',
    timeStamp: { createdOn: timeStamp(now), expiresOn: timeStamp(now + lifetime) },
    vmId: textAt(properties, 'vmId'),
  })
  return jsonAnswer({ encoding: 'pkcs7', signature: Buffer.from(await sign(Buffer.from(content))).toString('base64') })
}

/** `MM/dd/yy HH:mm:ss -0000` */
function timeStamp(milliseconds: number): string {
  const [date = '', time = ''] = new Date(milliseconds).toISOString().split('T')
  const [year = '', month = '', day = ''] = date.split('-')
  return `${month}/${day}/${year.slice(2)} ${time.slice(0, 8)} -0000`
}

/** `yyyyMMdd-HHmmss`: the nonce of a request that brings none. */
function compactTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
}

import type { KeyObject } from 'node:crypto'
import { generateSigningKey } from './generate-signing-key.ts'
import { openPrivateKey, type VerificationKey, verificationKeyOf } from './open-signing-key.ts'
import { planRotation, retirementOf } from './rotation.ts'
import type { SigningKeyStore, StoredSigningKey } from './signing-key.ts'
import { createSigner, type Signer } from './sign.ts'

// Other nodes on the same database make keys too: what is in memory is at most this old.
const rereadAfter = 5 * 60_000

/** How often a key is made for a clock that is moved meanwhile. */
const mostAttempts = 3

export interface KeyRingOptions {
  readonly signingKeys: SigningKeyStore
  /** 32 bytes. */
  readonly encryptionKey: Uint8Array
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
  /** Of the longest-lived token, in milliseconds. */
  readonly lifetime: number
}

export interface KeyRing {
  /**
   * Whether the keys that there are can be opened, without making one.
   * @throws SigningKeyUnreadableError
   */
  check(): Promise<void>
  /** The key that signs now; made first when there is none. */
  signer(): Promise<Signer>
  /** The key for checking a signature; undefined when no published key has this id. */
  verificationKey(kid: string): Promise<KeyObject | undefined>
  /** All keys that verify, as they are in the store at this moment. */
  verificationKeys(): Promise<readonly VerificationKey[]>
  /** Makes sure that a key can sign, and that the next one exists if it is due. */
  prepare(): Promise<void>
}

interface Loaded {
  readonly signer: Signer
  readonly verification: ReadonlyMap<string, VerificationKey>
  readonly readAt: number
  readonly validUntil: number
}

/** The installation's signing keys: opened once, made and dropped as the rotation demands, read again when others may have changed them. */
export function createKeyRing(options: KeyRingOptions): KeyRing {
  const { signingKeys, encryptionKey, clock, newGuid, lifetime } = options
  let loaded: Loaded | undefined
  let loading: Promise<Loaded> | undefined
  let preparingNext: Promise<void> | undefined

  async function makeKey(activeFrom: number): Promise<void> {
    const retiresAt = retirementOf(activeFrom, lifetime)
    await signingKeys.insertSigningKey(
      await generateSigningKey({ encryptionKey, createdAt: clock(), activeFrom, retiresAt, newGuid }),
    )
  }

  async function load(): Promise<Loaded> {
    let now = clock()
    let plan = planRotation(await signingKeys.listSigningKeys(), now, lifetime)
    for (let attempt = 0; !plan.signs; attempt++) {
      // Making a key takes a while, in which a clock can be moved: the key is then one of another time.
      if (attempt === mostAttempts) throw new Error('no signing key is active: the clock moved whenever one was made')
      await makeKey(now)
      now = clock()
      plan = planRotation(await signingKeys.listSigningKeys(), now, lifetime)
    }
    for (const key of plan.drop) await signingKeys.deleteSigningKey(key.kid)
    if (plan.prepareFor !== undefined) prepareNext(plan.prepareFor)
    return {
      signer: await openSigner(plan.signs),
      verification: new Map(plan.published.map((key) => [key.kid, loaded?.verification.get(key.kid) ?? verificationKeyOf(key)])),
      readAt: now,
      validUntil: Math.min(plan.validUntil, now + rereadAfter),
    }
  }

  async function openSigner(key: StoredSigningKey): Promise<Signer> {
    if (loaded?.signer.kid === key.kid) return loaded.signer
    return createSigner(key.kid, await openPrivateKey(key, encryptionKey))
  }

  function prepareNext(activeFrom: number): void {
    preparingNext ??= makeKey(activeFrom).finally(() => {
      preparingNext = undefined
    })
    // Nobody who wants a token now should wait for it or fail with it; it is due until it exists, so the next reading tries again.
    preparingNext.catch(() => undefined)
  }

  function reload(): Promise<Loaded> {
    loading ??= load()
      .then((fresh) => (loaded = fresh))
      .finally(() => {
        loading = undefined
      })
    return loading
  }

  function current(): Promise<Loaded> | Loaded {
    const now = clock()
    return loaded && loaded.readAt <= now && now < loaded.validUntil ? loaded : reload()
  }

  return {
    async check() {
      const [newest] = (await signingKeys.listSigningKeys()).toReversed()
      if (newest) await openPrivateKey(newest, encryptionKey)
    },
    async signer() {
      return (await current()).signer
    },
    async verificationKey(kid) {
      const known = (await current()).verification.get(kid)
      return (known ?? (await reload()).verification.get(kid))?.key
    },
    async verificationKeys() {
      return [...(await reload()).verification.values()]
    },
    async prepare() {
      await current()
      await preparingNext
    },
  }
}

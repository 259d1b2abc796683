import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import type { Store } from '../../src/store/open-sqlite-store.ts'
import { testDirectory } from './directory-conformance.ts'
import { testResources } from './resource-conformance.ts'
import { testRoleAssignments } from './role-assignment-conformance.ts'
import { testSigningKeys } from './signing-key-conformance.ts'
import { testTransactions } from './transaction-conformance.ts'

/** Opens an empty store. The test that asked for it closes it. */
export type OpenEmptyStore = (newGuid: () => string) => Promise<Store>

/** Declares a test that is given an empty store. */
export type StoreTest = (title: string, body: (store: Store) => Promise<void>) => void

/** Declares the tests that the store of every database must pass. `name` says which database it is. */
export function runStoreConformance(name: string, open: OpenEmptyStore): void {
  const storeTest: StoreTest = (title, body) => {
    test(title, async () => {
      const store = await open(randomUUID)
      try {
        await body(store)
      } finally {
        await store.close()
      }
    })
  }
  describe(`the store on ${name}`, () => {
    testDirectory(storeTest, open)
    testRoleAssignments(storeTest)
    testResources(storeTest)
    testSigningKeys(storeTest)
    testTransactions(storeTest)
  })
}

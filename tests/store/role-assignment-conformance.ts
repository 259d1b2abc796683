import assert from 'node:assert/strict'
import { group, guid, sampleAssignment } from './samples.ts'
import type { StoreTest } from './store-conformance.ts'

export function testRoleAssignments(storeTest: StoreTest): void {
  storeTest(
    'a role assignment is found by scope key and name, and answered as written',
    async ({ stores: { roleAssignments } }) => {
      const assignment = sampleAssignment(1, {
        name: 'ABCDEF00-0000-4000-8000-000000000001',
        principalId: 'FEDCBA00-0000-4000-8000-000000000001',
        description: 'for the nightly job',
      })
      await roleAssignments.insertRoleAssignment(assignment)
      assert.deepEqual(await roleAssignments.findRoleAssignment(group.toLowerCase(), assignment.name.toLowerCase()), assignment)
      assert.deepEqual(await roleAssignments.findRoleAssignment(group.toLowerCase(), assignment.name), assignment)
      assert.deepEqual(await roleAssignments.listRoleAssignmentsOf(assignment.principalId.toLowerCase()), [assignment])
      assert.equal(await roleAssignments.findRoleAssignment('/', assignment.name), undefined)
    },
  )

  storeTest('a name is taken once a scope, in any casing', async ({ stores: { roleAssignments } }) => {
    const atRoot = sampleAssignment(1, { scope: '/', name: 'abcdef00-0000-4000-8000-000000000001' })
    await roleAssignments.insertRoleAssignment(atRoot)
    await roleAssignments.insertRoleAssignment({ ...atRoot, scope: group })
    await assert.rejects(
      roleAssignments.insertRoleAssignment({ ...atRoot, scope: group.toUpperCase(), name: atRoot.name.toUpperCase() }),
    )
    assert.equal((await roleAssignments.listRoleAssignments()).length, 2)
  })

  storeTest('role assignments are listed by creation, then name, and by principal', async ({ stores: { roleAssignments } }) => {
    const first = sampleAssignment(9, { createdAt: 1 })
    const second = sampleAssignment(2, { createdAt: 2, principalId: guid(5) })
    const third = sampleAssignment(3, { createdAt: 2, scope: '/' })
    for (const assignment of [third, second, first]) await roleAssignments.insertRoleAssignment(assignment)
    assert.deepEqual(await roleAssignments.listRoleAssignments(), [first, second, third])
    assert.deepEqual(await roleAssignments.listRoleAssignmentsOf(guid(1)), [first, third])
    assert.deepEqual(await roleAssignments.listRoleAssignmentsOf(guid(404)), [])
  })

  storeTest('deleting removes the assignment at that scope alone', async ({ stores: { roleAssignments } }) => {
    await roleAssignments.insertRoleAssignment(sampleAssignment(1))
    await roleAssignments.insertRoleAssignment(sampleAssignment(1, { scope: '/' }))
    await roleAssignments.deleteRoleAssignment(group.toLowerCase(), guid(1))
    await roleAssignments.deleteRoleAssignment(group.toLowerCase(), guid(1))
    assert.deepEqual(await roleAssignments.listRoleAssignments(), [sampleAssignment(1, { scope: '/' })])
  })
}

import { Link, Text } from '@fluentui/react-components'
import { parseResourceId } from '../../../../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../../../../resource-ids/resource-id.ts'
import { listHeldRoles, type NamedAssignment } from '../../../api/access.ts'
import { useQuery } from '../../../api/use-query.ts'
import { Answered } from '../../../controls/answered.tsx'
import { DataTable, type Column } from '../../../controls/data-table.tsx'
import { Section } from '../../../controls/section.tsx'
import { paths } from '../../../paths.ts'
import { describeType } from '../describe-resource.ts'

const columns: readonly Column<NamedAssignment>[] = [
  { name: 'Role', sortText: ({ roleName }) => roleName, render: ({ roleName }) => roleName },
  {
    name: 'Resource name',
    sortText: ({ scope }) => scope,
    render: ({ scope }) => <Link href={paths.resource(scope, 'access-control')}>{parseResourceId(scope).name || 'Tenant'}</Link>,
  },
  { name: 'Resource type', from: 480, render: ({ scope }) => describeType(parseResourceId(scope)).text },
]

/** The roles that an identity holds anywhere in the subscription, or above it. @param scope the resource that it belongs to */
export function HeldRoles({ principalId, scope }: { readonly principalId: string; readonly scope: ResourceId }) {
  const subscription = scope.subscriptionId === undefined ? '/' : `/subscriptions/${scope.subscriptionId}`
  const held = useQuery(`held ${principalId} ${subscription}`, async (platform) =>
    listHeldRoles(platform, subscription, principalId),
  )
  return (
    <Section
      title="Azure role assignments"
      actions={<Link href={paths.resource(scope.text, 'access-control')}>Access control (IAM)</Link>}
    >
      <Answered answer={held} loading="Loading role assignments">
        {(rows) => (
          <DataTable
            label="Azure role assignments of the identity"
            columns={columns}
            rows={rows}
            keyOf={({ id }) => id}
            empty="It holds no role in this subscription: its tokens open nothing here. Give it Reader, at least, in Access control (IAM)."
          />
        )}
      </Answered>
      {held.data?.length === 0 && (
        <Text size={200}>Sign-in with Azure CLI needs a role as well: without one it finds no subscription.</Text>
      )}
    </Section>
  )
}

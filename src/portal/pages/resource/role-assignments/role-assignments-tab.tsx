import { Text, makeStyles } from '@fluentui/react-components'
import { parseResourceId } from '../../../../resource-ids/parse-resource-id.ts'
import type { NamedAssignment } from '../../../api/access.ts'
import { listRolesEverywhere } from '../../../api/managed-identities.ts'
import { useQuery } from '../../../api/use-query.ts'
import { Answered } from '../../../controls/answered.tsx'
import { DataTable, type Column } from '../../../controls/data-table.tsx'
import { ErrorBar } from '../../../controls/error-bar.tsx'
import { RowLink } from '../../../controls/row-link.tsx'
import { paths } from '../../../paths.ts'
import { describeType } from '../describe-resource.ts'
import type { TabProps } from '../tab-table.ts'

const useStyles = makeStyles({ text: { maxWidth: '720px' } })

/** What a user-assigned identity may do, at every scope that the user sees. */
export function RoleAssignmentsTab({ resource }: TabProps) {
  const principalId = resource.properties?.['principalId']
  if (typeof principalId !== 'string') return <ErrorBar error={new Error('The identity has no object id.')} />
  return <HeldEverywhere principalId={principalId} />
}

function HeldEverywhere({ principalId }: { readonly principalId: string }) {
  const styles = useStyles()
  const held = useQuery(`held everywhere ${principalId}`, async (platform) => listRolesEverywhere(platform, principalId))
  return (
    <>
      <Text className={styles.text}>
        The roles that this identity holds. To give it another, open the resource, its group or its subscription, and go to Access
        control (IAM). Who may use the identity itself stands under Access control (IAM) on the left.
      </Text>
      <Answered answer={held} loading="Loading role assignments">
        {(rows) => (
          <DataTable
            label="Azure role assignments"
            columns={columns}
            rows={rows}
            keyOf={({ id }) => id}
            empty="It holds no role that you may see: its tokens open nothing here."
          />
        )}
      </Answered>
    </>
  )
}

const columns: readonly Column<NamedAssignment>[] = [
  { name: 'Role', sortText: ({ roleName }) => roleName, render: ({ roleName }) => roleName },
  {
    name: 'Resource name',
    sortText: ({ scope }) => scope,
    render: ({ scope }) => (
      <RowLink href={paths.resource(scope, 'access-control')}>{parseResourceId(scope).name || 'Tenant'}</RowLink>
    ),
  },
  { name: 'Resource type', from: 480, render: ({ scope }) => describeType(parseResourceId(scope)).text },
  { name: 'Scope', width: 2, from: 760, render: ({ scope }) => <span title={scope}>{scope}</span> },
]

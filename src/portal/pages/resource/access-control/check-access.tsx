import { Text, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { ResourceId } from '../../../../resource-ids/resource-id.ts'
import { listHeldAt, listRoles, type NamedAssignment } from '../../../api/access.ts'
import { listPrincipals } from '../../../api/principals.ts'
import { useQuery } from '../../../api/use-query.ts'
import { Answered } from '../../../controls/answered.tsx'
import { DataTable, type Column } from '../../../controls/data-table.tsx'
import { ErrorBar } from '../../../controls/error-bar.tsx'
import { Picker } from '../../../controls/picker.tsx'
import { Section } from '../../../controls/section.tsx'
import { FailureIcon, SuccessIcon } from '../../../icons/index.ts'
import { decisionsAt, type AccessDecision } from './decisions.ts'
import { principalChoice } from './principal-choice.ts'
import { isInherited, scopeName } from './scope-name.ts'

const useStyles = makeStyles({
  picker: { maxWidth: '480px' },
  yes: { display: 'inline-flex', alignItems: 'center', gap: '6px', '& svg': { color: tokens.colorPaletteGreenForeground1 } },
  no: { display: 'inline-flex', alignItems: 'center', gap: '6px', '& svg': { color: tokens.colorPaletteRedForeground1 } },
})

/** What one principal may do here, and by which role. */
export function CheckAccess({ id }: { readonly id: ResourceId }) {
  const styles = useStyles()
  const principals = useQuery('principals', listPrincipals)
  const [principalId, setPrincipalId] = useState<string | undefined>(undefined)
  const held = useQuery(principalId && `held at ${id.key} ${principalId}`, async (platform) =>
    listHeldAt(platform, id.text, principalId ?? ''),
  )
  const roles = useQuery(`roles ${id.key}`, async (platform) => listRoles(platform, id.text))
  const name = principals.data?.find(({ objectId }) => objectId === principalId)?.name ?? ''
  return (
    <>
      <Text>What may a user, an application or a managed identity do here, and why?</Text>
      {principals.error !== undefined && <ErrorBar error={principals.error} />}
      <div className={styles.picker}>
        <Picker
          label="Find"
          placeholder="Search by name or ID"
          choices={(principals.data ?? []).map(principalChoice)}
          value={principalId}
          onChange={setPrincipalId}
        />
      </div>
      {principalId !== undefined && (
        <Answered answer={held} loading={`Checking access of ${name}`}>
          {(assignments) => (
            <>
              <Section title={`Access of ${name}`}>
                <DataTable
                  label={`Access of ${name}`}
                  columns={decisionColumns(styles)}
                  rows={decisionsAt(id, assignments, roles.data ?? [])}
                  keyOf={({ action }) => action}
                  empty=""
                />
              </Section>
              <Section title="Role assignments">
                <DataTable
                  label={`Role assignments of ${name} here`}
                  columns={assignmentColumns(id)}
                  rows={assignments}
                  keyOf={(row) => row.id}
                  empty={`${name} holds no role here or above.`}
                />
              </Section>
            </>
          )}
        </Answered>
      )}
    </>
  )
}

function decisionColumns(styles: Readonly<Record<'yes' | 'no', string>>): readonly Column<AccessDecision>[] {
  return [
    { name: 'What', width: 1.4, render: ({ what }) => <span title={what}>{what}</span> },
    {
      name: 'Access',
      width: 1.2,
      render: ({ by }) =>
        by ? (
          <span className={styles.yes}>
            <SuccessIcon /> Allowed by {by.roleName}
          </span>
        ) : (
          <span className={styles.no}>
            <FailureIcon /> Not allowed
          </span>
        ),
    },
    { name: 'Scope of the role', from: 760, render: ({ by }) => (by ? scopeName(by.scope) : '') },
    { name: 'Action', from: 920, width: 1.4, render: ({ action }) => <span title={action}>{action}</span> },
  ]
}

const assignmentColumns = (id: ResourceId): readonly Column<NamedAssignment>[] => [
  { name: 'Role', sortText: ({ roleName }) => roleName, render: ({ roleName }) => roleName },
  {
    name: 'Scope',
    width: 1.5,
    render: ({ scope }) => (isInherited(scope, id) ? `${scopeName(scope)} (Inherited)` : 'This resource'),
  },
]

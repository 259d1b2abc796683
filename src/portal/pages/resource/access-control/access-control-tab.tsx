import { Button, Tab, TabList, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import { AddIcon } from '../../../icons/index.ts'
import type { TabProps } from '../tab-table.ts'
import { AddRoleAssignment } from './add-role-assignment.tsx'
import { CheckAccess } from './check-access.tsx'
import { RoleAssignments } from './role-assignments.tsx'
import { Roles } from './roles.tsx'

const useStyles = makeStyles({
  commands: { display: 'flex', gap: '8px' },
  panel: { display: 'flex', flexDirection: 'column', gap: '16px' },
})

const views = [
  ['assignments', 'Role assignments'],
  ['check', 'Check access'],
  ['roles', 'Roles'],
] as const

/** Who may do what to a resource. */
export function AccessControlTab({ id }: Pick<TabProps, 'id'>) {
  const styles = useStyles()
  const [view, setView] = useState<string>('assignments')
  const [adding, setAdding] = useState(false)
  return (
    <>
      <div className={styles.commands} role="toolbar" aria-label="Access control">
        <Button appearance="primary" icon={<AddIcon />} onClick={() => setAdding(true)}>
          Add role assignment
        </Button>
      </div>
      <TabList selectedValue={view} onTabSelect={(_event, { value }) => setView(String(value))}>
        {views.map(([value, title]) => (
          <Tab key={value} value={value} id={`tab-${value}`} aria-controls="panel-access">
            {title}
          </Tab>
        ))}
      </TabList>
      <div className={styles.panel} role="tabpanel" id="panel-access" aria-labelledby={`tab-${view}`}>
        {view === 'assignments' && <RoleAssignments id={id} />}
        {view === 'check' && <CheckAccess id={id} />}
        {view === 'roles' && <Roles id={id} />}
      </div>
      {adding && <AddRoleAssignment id={id} onClose={() => setAdding(false)} />}
    </>
  )
}

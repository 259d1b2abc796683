import { Tab, TabList } from '@fluentui/react-components'
import { useState } from 'react'
import type { TabProps } from '../tab-table.ts'
import { SystemAssigned } from './system-assigned.tsx'
import { UserAssigned } from './user-assigned.tsx'

/** The identities of a machine: its own, and those that it shares. */
export function IdentityTab({ id, resource }: TabProps) {
  const [kind, setKind] = useState('system')
  return (
    <>
      <TabList selectedValue={kind} onTabSelect={(_event, { value }) => setKind(String(value))}>
        <Tab value="system" id="tab-system" aria-controls="panel-identity">
          System assigned
        </Tab>
        <Tab value="user" id="tab-user" aria-controls="panel-identity">
          User assigned
        </Tab>
      </TabList>
      <div role="tabpanel" id="panel-identity" aria-labelledby={kind === 'system' ? 'tab-system' : 'tab-user'}>
        {kind === 'system' ? <SystemAssigned id={id} resource={resource} /> : <UserAssigned id={id} resource={resource} />}
      </div>
    </>
  )
}

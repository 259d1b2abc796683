import { Combobox, Option, makeStyles, type ComboboxProps } from '@fluentui/react-components'
import { useState } from 'react'
import { groupOf } from '../../api-client/resource-ids.ts'
import { machineKindOf, userAssignedIdentityType } from '../api/machine-kinds.ts'
import { listResources } from '../api/subscriptions.ts'
import { useQuery } from '../api/use-query.ts'
import { paths } from '../paths.ts'
import { goTo } from '../routing/use-route.ts'

const useStyles = makeStyles({
  box: { width: '100%', maxWidth: '560px', minWidth: 0, '& input': { minWidth: 0 } },
})

/** Hits that are offered; more would be read by nobody. */
const mostHits = 20

/** Finds any resource by its name, and opens it. Resources are asked for when the box is first used. */
export function ResourceSearch() {
  const styles = useStyles()
  const [text, setText] = useState('')
  const [wanted, setWanted] = useState(false)
  const [open, setOpen] = useState(false)
  const { data } = useQuery(wanted ? 'resources' : undefined, listResources)
  const sought = text.trim().toLowerCase()
  const hits = sought === '' ? [] : (data ?? []).filter(({ name }) => name.toLowerCase().includes(sought)).slice(0, mostHits)
  const onSelect: ComboboxProps['onOptionSelect'] = (_event, { optionValue }) => {
    if (optionValue === undefined) return
    setText('')
    goTo(paths.resource(optionValue))
  }
  return (
    <Combobox
      className={styles.box}
      aria-label="Search resources"
      placeholder="Search resources"
      freeform
      expandIcon={null}
      value={text}
      selectedOptions={[]}
      open={open && sought !== ''}
      onOpenChange={(_event, change) => setOpen(change.open)}
      onFocus={() => setWanted(true)}
      onChange={(event) => {
        setText(event.target.value)
        setOpen(true)
      }}
      onOptionSelect={onSelect}
    >
      {hits.map(({ id, name, type = '' }) => (
        <Option key={id} value={id} text={name}>
          {name} · {typeName(type)} · {groupOf(id)}
        </Option>
      ))}
      {sought !== '' && data !== undefined && hits.length === 0 && (
        <Option disabled text="">{`No resource is called ${text}`}</Option>
      )}
    </Combobox>
  )
}

function typeName(type: string): string {
  if (type.toLowerCase() === userAssignedIdentityType.toLowerCase()) return 'Managed identity'
  return machineKindOf(type)?.name ?? type
}

import { Button, Field, Select, makeStyles } from '@fluentui/react-components'
import { groupOf } from '../../../api-client/resource-ids.ts'
import type { SignInItem } from '../../../contracts/sign-in.ts'
import { machineKinds } from '../../api/machine-kinds.ts'
import { listPrincipals } from '../../api/principals.ts'
import { listResources } from '../../api/subscriptions.ts'
import { useQuery } from '../../api/use-query.ts'
import { Picker } from '../../controls/picker.tsx'
import { paths, type SignInFilter } from '../../paths.ts'
import { goTo } from '../../routing/use-route.ts'
import { resourcesOf, timespans } from './sign-in-query.ts'

const useStyles = makeStyles({
  filters: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))',
    gap: '8px',
    alignItems: 'end',
    maxWidth: '1100px',
  },
})

const machineTypes = machineKinds.map(({ type }) => type)

interface SignInFiltersProps {
  readonly filter: SignInFilter
  /** What the log shows now; the services in it are offered. */
  readonly rows: readonly SignInItem[]
}

/** Narrows the log; the address says how. */
export function SignInFilters({ filter, rows }: SignInFiltersProps) {
  const styles = useStyles()
  const principals = useQuery('principals', listPrincipals)
  const machines = useQuery('machines', async (platform) => listResources(platform, machineTypes))
  const services = resourcesOf(rows)
  const chosen = filter.resource ?? ''
  const narrow = (change: SignInFilter) => goTo(paths.signInLogs({ ...filter, ...change }), 'replace')
  const select = (label: string, name: 'since' | 'status' | 'resource', options: readonly (readonly [string, string])[]) => (
    <Field label={label}>
      <Select value={filter[name] ?? ''} onChange={(_event, { value }) => narrow({ [name]: value })}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </Select>
    </Field>
  )
  return (
    <div className={styles.filters} role="search" aria-label="Sign-ins">
      {select('Time', 'since', [['', 'All that is kept'], ...timespans.map(([value, text]) => [value, text] as const)])}
      {select('Status', 'status', [
        ['', 'Any'],
        ['success', 'Success'],
        ['failure', 'Failure'],
      ])}
      <Picker
        label="Identity"
        placeholder="Any"
        value={filter.principal || undefined}
        choices={(principals.data ?? []).map(({ objectId, name, kind }) => ({ value: objectId, text: name, detail: kind }))}
        onChange={(principal) => narrow({ principal })}
      />
      <Picker
        label="Machine"
        placeholder="Any"
        value={filter.machine || undefined}
        choices={(machines.data ?? []).map(({ id, name }) => ({ value: id, text: name, detail: groupOf(id) }))}
        onChange={(machine) => narrow({ machine })}
      />
      {select('Resource', 'resource', [
        ['', 'Any'],
        // What the address names is offered although the rows of now have it not.
        ...(chosen === '' || services.some(([id]) => id === chosen) ? [] : [[chosen, chosen] as const]),
        ...services,
      ])}
      {Object.values(filter).some(Boolean) && (
        <Button appearance="subtle" onClick={() => goTo(paths.signInLogs(), 'replace')}>
          Clear filters
        </Button>
      )}
    </div>
  )
}

import { Combobox, Field, Option, Select, Tab, TabList, Text, makeStyles } from '@fluentui/react-components'
import { useMemo, useState } from 'react'
import { resourceIds } from '../../../../azure-services/resource-ids.ts'
import { CodeBlock } from '../../../controls/code-block.tsx'
import { Section } from '../../../controls/section.tsx'
import type { TabProps } from '../tab-table.ts'
import { clientPrograms, waysOntoMachine } from './client-programs.ts'
import { identityChoices } from './identity-choices.ts'
import { TryOut } from './try-out.tsx'

const useStyles = makeStyles({
  way: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0 },
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 280px), 1fr))',
    gap: '12px',
    maxWidth: '760px',
  },
  box: { minWidth: 0, '& input': { minWidth: 0 } },
  tabs: { overflowX: 'auto' },
})

const services = resourceIds.filter(({ cloud }) => cloud === 'AzureCloud')

/** How to get onto a machine, what to run there in each language, and what it would be answered. */
export function ConnectTab({ id, resource: machine, query }: TabProps) {
  const styles = useStyles()
  const [client, setClient] = useState('Azure CLI')
  const [resource, setResource] = useState(query['resource'] || 'https://management.azure.com/')
  const [identity, setIdentity] = useState('')
  const identities = useMemo(() => identityChoices(machine), [machine])
  const chosen = identities.find(({ key }) => key === identity) ?? identities[0]
  const facts = {
    machine: id.name,
    group: id.resourceGroup ?? '',
    type: id.type,
    resource,
    clientId: chosen?.selector.clientId,
  }
  const fitting = clientPrograms.filter(({ appliesTo }) => appliesTo?.(facts) ?? true)
  const program = fitting.find(({ name }) => name === client) ?? fitting[0]
  const sought = resource.trim().toLowerCase()
  const offered = services.filter(
    ({ service, resourceId }) => service.toLowerCase().includes(sought) || resourceId.toLowerCase().includes(sought),
  )
  return (
    <>
      <Section title="Get onto the machine">
        {waysOntoMachine(facts).map(([what, command]) => (
          <div key={what} className={styles.way}>
            <Text size={200}>{what}</Text>
            <CodeBlock code={command} label={what} />
          </div>
        ))}
      </Section>
      <Section title="Ask for a token">
        <div className={styles.fields}>
          <Field label="Resource ID of the service">
            <Combobox
              className={styles.box}
              freeform
              value={resource}
              selectedOptions={[]}
              onChange={(event) => setResource(event.target.value)}
              onOptionSelect={(_event, { optionValue }) => setResource(optionValue ?? resource)}
            >
              {(offered.length === 0 || services.some(({ resourceId }) => resourceId === resource) ? services : offered).map(
                ({ service, resourceId }) => (
                  <Option key={`${service} ${resourceId}`} value={resourceId} text={resourceId}>
                    {service} · {resourceId}
                  </Option>
                ),
              )}
            </Combobox>
          </Field>
          <Field label="Identity">
            <Select value={identity} onChange={(_event, { value }) => setIdentity(value)}>
              {identities.map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <div className={styles.tabs}>
          <TabList size="small" selectedValue={program?.name} onTabSelect={(_event, { value }) => setClient(String(value))}>
            {fitting.map(({ name }) => (
              <Tab key={name} value={name} id={`client-${name}`} aria-controls="panel-client">
                {name}
              </Tab>
            ))}
          </TabList>
        </div>
        {program && (
          <div role="tabpanel" id="panel-client" aria-labelledby={`client-${program.name}`} className={styles.way}>
            {program.needs !== undefined && <Text size={200}>Needs {program.needs}</Text>}
            <CodeBlock code={program.code(facts)} label={`${program.name} code`} />
          </div>
        )}
      </Section>
      <TryOut key={`${resource} ${identity}`} id={id} question={{ resource, ...chosen?.selector }} />
    </>
  )
}

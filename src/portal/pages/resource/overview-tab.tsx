import { Button, Link, Text, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { listSubscriptions } from '../../api/subscriptions.ts'
import { useQuery } from '../../api/use-query.ts'
import { CodeBlock } from '../../controls/code-block.tsx'
import { Essentials, type Essential } from '../../controls/essentials.tsx'
import { Section } from '../../controls/section.tsx'
import { CodeIcon } from '../../icons/index.ts'
import { paths } from '../../paths.ts'
import { machineEssentials } from './machine-essentials.ts'
import type { TabProps } from './tab-table.ts'

const useStyles = makeStyles({
  tags: { display: 'flex', flexWrap: 'wrap', gap: '8px', listStyleType: 'none', margin: 0, padding: 0 },
  tag: {
    padding: '2px 10px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusCircular,
    overflowWrap: 'anywhere',
  },
})

/** What a resource is: essentials, tags, and the whole of it as JSON. */
export function OverviewTab({ id, resource }: TabProps) {
  const styles = useStyles()
  const [showsJson, setShowsJson] = useState(false)
  const subscriptions = useQuery('subscriptions', listSubscriptions)
  const subscription = subscriptions.data?.find(({ subscriptionId }) => subscriptionId === id.subscriptionId?.toLowerCase())
  const tags = Object.entries(resource.tags ?? {}).filter(([name]) => !name.startsWith('hidden-'))
  const items: Essential[] = [
    ...(id.resourceGroup !== undefined && id.kind === 'resource'
      ? [
          {
            name: 'Resource group',
            value: (
              <Link href={paths.resource(`/subscriptions/${id.subscriptionId ?? ''}/resourceGroups/${id.resourceGroup}`)}>
                {id.resourceGroup}
              </Link>
            ),
          },
        ]
      : []),
    ...(resource.location === undefined ? [] : [{ name: 'Location', value: resource.location }]),
    ...(id.subscriptionId === undefined
      ? []
      : [
          {
            name: 'Subscription',
            value: (
              <Link href={paths.resource(`/subscriptions/${id.subscriptionId}`)}>
                {subscription?.displayName ?? id.subscriptionId}
              </Link>
            ),
          },
          { name: 'Subscription ID', value: id.subscriptionId, copy: id.subscriptionId },
        ]),
    ...machineEssentials(id, resource),
    { name: 'Resource ID', value: id.text, copy: id.text },
  ]
  return (
    <>
      <Section
        title="Essentials"
        actions={
          <Button appearance="subtle" icon={<CodeIcon />} aria-expanded={showsJson} onClick={() => setShowsJson(!showsJson)}>
            JSON View
          </Button>
        }
      >
        {showsJson ? <CodeBlock code={JSON.stringify(resource, null, 2)} label="Resource JSON" /> : <Essentials items={items} />}
      </Section>
      <Section title="Tags">
        {tags.length === 0 ? (
          <Text>No tags</Text>
        ) : (
          <ul className={styles.tags}>
            {tags.map(([name, value]) => (
              <li key={name} className={styles.tag}>
                {name} : {value}
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  )
}

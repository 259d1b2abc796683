import { Link, MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from '@fluentui/react-components'
import { parseResourceId } from '../../../resource-ids/parse-resource-id.ts'
import type { RequestFacts } from '../../api/request-explanations.ts'
import { CodeBlock } from '../../controls/code-block.tsx'
import { DataTable, type Column } from '../../controls/data-table.tsx'
import { Essentials, type Essential } from '../../controls/essentials.tsx'
import { Section } from '../../controls/section.tsx'
import { Time } from '../../controls/time.tsx'
import { paths } from '../../paths.ts'
import { scopeName } from '../resource/access-control/scope-name.ts'
import { ConsideredAssignments } from './considered-assignments.tsx'
import { SmallestGrant } from './smallest-grant.tsx'
import { endpointNames } from './words.ts'

type Identity = NonNullable<RequestFacts['machine']>['identities'][number]

const useStyles = makeStyles({ said: { minWidth: 0, overflowWrap: 'anywhere' } })

/** What happened to a request, in words, and the facts that it was decided by. */
export function Explanation({ facts }: { readonly facts: RequestFacts }) {
  const styles = useStyles()
  const { machine, assignments, smallestGrant, caller } = facts
  return (
    <>
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody className={styles.said}>
          <MessageBarTitle>{facts.cause}</MessageBarTitle>
          {smallestGrant ? '' : facts.remedy}
        </MessageBarBody>
      </MessageBar>
      {smallestGrant && <SmallestGrant grant={smallestGrant} caller={caller} />}
      <Section title="The request">
        <Essentials items={essentialsOf(facts)} />
        <CodeBlock code={`${facts.method} ${facts.path}`} label="Request" wraps />
        <CodeBlock code={`${facts.status} ${facts.code}\n${facts.message}`} label="Answer" wraps />
        <Link href={paths.errors(`${facts.code}: ${facts.message}`.slice(0, 500))}>What this error means in general</Link>
      </Section>
      {machine && (
        <Section title="Identities that the machine had">
          <DataTable
            label="Identities that the machine had"
            columns={identityColumns}
            rows={machine.identities}
            keyOf={({ objectId }) => objectId}
            empty="It had none."
          />
        </Section>
      )}
      {assignments && (
        <Section title="Role assignments that were considered">
          <ConsideredAssignments assignments={assignments} />
        </Section>
      )}
    </>
  )
}

function essentialsOf(facts: RequestFacts): readonly Essential[] {
  const { caller, machine, scope } = facts
  const all: readonly (Essential | undefined)[] = [
    { name: 'When', value: <Time time={facts.time} /> },
    { name: 'Answered by', value: endpointNames[facts.endpoint] },
    caller && { name: 'Caller', value: caller.name ?? caller.clientId ?? caller.objectId ?? 'Nobody that is known' },
    caller?.objectId === undefined ? undefined : { name: 'Object ID', value: caller.objectId, copy: caller.objectId },
    machine && {
      name: 'Machine',
      value: <Link href={paths.resource(machine.id, 'identity')}>{parseResourceId(machine.id).name}</Link>,
    },
    facts.selector === undefined ? undefined : { name: 'Identity asked for', value: facts.selector, copy: facts.selector },
    facts.resource === undefined ? undefined : { name: 'Token for', value: facts.resource, copy: facts.resource },
    facts.action === undefined ? undefined : { name: 'Action', value: facts.action, copy: facts.action },
    scope === undefined
      ? undefined
      : { name: 'Scope', value: <Link href={paths.resource(scope, 'access-control')}>{scopeName(scope)}</Link>, copy: scope },
    facts.correlationId === undefined
      ? undefined
      : { name: 'Correlation ID', value: facts.correlationId, copy: facts.correlationId },
  ]
  return all.filter((item) => item !== undefined)
}

const identityColumns: readonly Column<Identity>[] = [
  {
    name: 'Identity',
    render: ({ kind, resourceId }) =>
      resourceId === undefined ? (
        kind === 'systemAssigned' ? (
          'System assigned'
        ) : (
          'User assigned'
        )
      ) : (
        <Link href={paths.resource(resourceId)}>{parseResourceId(resourceId).name}</Link>
      ),
  },
  { name: 'Client ID', width: 1.6, render: ({ clientId }) => <span title={clientId}>{clientId}</span> },
  { name: 'Object ID', width: 1.6, from: 700, render: ({ objectId }) => <span title={objectId}>{objectId}</span> },
]

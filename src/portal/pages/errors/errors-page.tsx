import { Link, SearchBox, Text, makeStyles } from '@fluentui/react-components'
import { useDeferredValue, useState } from 'react'
import { explain, explainById } from '../../../diagnosis/explain.ts'
import type { KnownError } from '../../../diagnosis/known-error.ts'
import { fillIn } from '../../../diagnosis/variables.ts'
import { CodeBlock } from '../../controls/code-block.tsx'
import { DataTable, type Column } from '../../controls/data-table.tsx'
import { Section } from '../../controls/section.tsx'
import { ErrorIcon } from '../../icons/index.ts'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shell/page.tsx'
import type { PageProps } from '../../shell/page-table.ts'
import { listedErrors, searchErrors, type ListedError } from './error-list.ts'
import { ExplainBox } from './explain-box.tsx'
import { KnownErrorView } from './known-error-view.tsx'

const useStyles = makeStyles({
  search: { maxWidth: '480px', width: '100%' },
  narrow: { maxWidth: '900px', display: 'flex', flexDirection: 'column', gap: '16px', minWidth: 0 },
})

/** Errors of clients and services around a managed identity; `#errors/ID` shows one. */
export function ErrorsPage({ route: { segments } }: PageProps) {
  const [named] = segments
  if (named === undefined) return <AllErrors />
  const error = (explainById(named) ?? explain(named)).findings[0]?.error
  return error ? <OneError error={error} /> : <NoSuchError named={named} />
}

const columns: readonly Column<ListedError>[] = [
  {
    name: 'Error',
    width: 2,
    sortText: ({ error }) => error.title,
    render: ({ error }) => (
      <Link href={paths.errors(error.id)} title={error.title}>
        {error.title}
      </Link>
    ),
  },
  {
    name: 'Where',
    width: 0.8,
    from: 560,
    sortText: ({ group }) => group,
    render: ({ group }) => <span title={group}>{group}</span>,
  },
  { name: 'Printed by', from: 900, sortText: clientsOf, render: (row) => <span title={clientsOf(row)}>{clientsOf(row)}</span> },
]

function clientsOf({ error }: ListedError): string {
  return [...new Set(error.printedBy.map(({ client }) => client))].join(', ')
}

function AllErrors() {
  const styles = useStyles()
  const [search, setSearch] = useState('')
  const sought = useDeferredValue(search)
  const found = searchErrors(sought)
  return (
    <PageFrame title="Errors" subtitle="what they mean, and what fixes them" icon={ErrorIcon}>
      <Section title="Explain a text">
        <ExplainBox />
      </Section>
      <Section title="Known errors">
        <SearchBox
          className={styles.search}
          aria-label="Search known errors"
          placeholder="Search by code, text or client…"
          value={search}
          onChange={(_event, { value }) => setSearch(value)}
        />
        <Text size={200} role="status">
          {found.length === listedErrors.length ? `${found.length} errors` : `${found.length} of ${listedErrors.length} errors`}
        </Text>
        <DataTable
          label="Known errors"
          columns={columns}
          rows={found}
          keyOf={({ error }) => error.id}
          empty="No known error matches. Paste the text above: it is looked for in other ways there."
        />
      </Section>
    </PageFrame>
  )
}

function OneError({ error }: { readonly error: KnownError }) {
  const styles = useStyles()
  const texts = error.patterns.map((pattern) => fillIn(pattern.replaceAll('{}', '…'), {}))
  return (
    <PageFrame title={error.title} subtitle={error.id} icon={ErrorIcon} crumbs={[{ text: 'Errors', path: paths.errors() }]}>
      <div className={styles.narrow}>
        <KnownErrorView error={error} />
        <Section title="Texts that it is known by">
          <CodeBlock code={texts.join('\n')} label="Texts" wraps />
        </Section>
      </div>
    </PageFrame>
  )
}

function NoSuchError({ named }: { readonly named: string }) {
  return (
    <PageFrame title="No such error" icon={ErrorIcon} crumbs={[{ text: 'Errors', path: paths.errors() }]}>
      <Text>
        No known error is called “{named}”. <Link href={paths.errors()}>See those that there are</Link>, or paste the whole text
        there.
      </Text>
    </PageFrame>
  )
}

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { Suspense, lazy, useEffect, useRef, type ComponentType, type LazyExoticComponent } from 'react'
import { InvalidResourceIdError, type ResourceId } from '../../../resource-ids/resource-id.ts'
import { parseResourceId } from '../../../resource-ids/parse-resource-id.ts'
import { getResource } from '../../api/resources.ts'
import { useQuery } from '../../api/use-query.ts'
import { Answered } from '../../controls/answered.tsx'
import { ErrorBar } from '../../controls/error-bar.tsx'
import { Loading } from '../../controls/loading.tsx'
import { paths, type ResourceTab } from '../../paths.ts'
import { parseResourceRoute, type Route } from '../../routing/route.ts'
import { PageFrame } from '../../shell/page.tsx'
import type { PageProps } from '../../shell/page-table.ts'
import { crumbsOf, describeType } from './describe-resource.ts'
import { isUserAssignedIdentity, tabTable, type TabProps } from './tab-table.ts'

const useStyles = makeStyles({
  columns: {
    display: 'flex',
    gap: '16px',
    flexGrow: 1,
    minHeight: 0,
    '@media (max-width: 899px)': { flexDirection: 'column' },
  },
  menu: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    flexShrink: 0,
    width: '220px',
    '@media (max-width: 899px)': {
      display: 'flex',
      width: 'auto',
      overflowX: 'auto',
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    },
  },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: '10px',
    minHeight: '36px',
    padding: '0 10px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    whiteSpace: 'nowrap',
    '& svg': { flexShrink: 0 },
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '@media (forced-colors: active)': { color: 'LinkText' },
  },
  current: {
    backgroundColor: tokens.colorSubtleBackgroundSelected,
    fontWeight: tokens.fontWeightSemibold,
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  tab: { display: 'flex', flexDirection: 'column', gap: '16px', flexGrow: 1, minWidth: 0 },
})

const tabs = Object.fromEntries(
  tabTable.map(({ name, load }) => [name, lazy(async () => ({ default: await load() }))]),
) as Partial<Record<ResourceTab, LazyExoticComponent<ComponentType<TabProps>>>>

const IdentityCommands = lazy(async () => ({ default: (await import('./identity-commands.tsx')).IdentityCommands }))

/** One resource, group or subscription, with its tabs. */
export function ResourcePage({ route }: PageProps) {
  const named = parseResourceRoute(route.segments)
  const id = named && readId(named.id)
  if (!named || !id || id instanceof InvalidResourceIdError) {
    return (
      <PageFrame title="No such resource">
        <ErrorBar error={id ?? new Error('The address names no resource.')} />
      </PageFrame>
    )
  }
  return <ResourceView id={id} tab={named.tab} query={route.query} />
}

interface ResourceViewProps {
  readonly id: ResourceId
  readonly tab: ResourceTab
  readonly query: Route['query']
}

function ResourceView({ id, tab, query }: ResourceViewProps) {
  const styles = useStyles()
  const answer = useQuery(`resource ${id.key}`, async (platform) => getResource(platform, id.text))
  const applying = tabTable.filter(({ appliesTo }) => appliesTo(id))
  const definition = applying.find(({ name }) => name === tab)
  const Tab = definition && tabs[tab]
  const name = id.kind === 'subscription' ? (answer.data?.name ?? id.name) : id.name || 'Tenant'
  const { text, icon } = describeType(id)
  const menu = useRef<HTMLUListElement>(null)
  useEffect(() => {
    // On a narrow screen the menu is one line that scrolls.
    menu.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- for each tab anew
  }, [tab])
  return (
    <PageFrame
      title={tab === 'overview' || !definition ? name : `${name} | ${definition.title}`}
      subtitle={text}
      icon={icon}
      crumbs={crumbsOf(id, tab)}
      commands={
        isUserAssignedIdentity(id) && answer.data ? (
          <Suspense>
            <IdentityCommands id={id} resource={answer.data} />
          </Suspense>
        ) : undefined
      }
    >
      <div className={styles.columns}>
        <nav aria-label={name}>
          <ul ref={menu} className={styles.menu}>
            {applying.map(({ name: each, title, icon: Icon }) => (
              <li key={each}>
                <a
                  href={paths.resource(id.text, each)}
                  className={mergeClasses(styles.link, each === tab && styles.current)}
                  aria-current={each === tab ? 'page' : undefined}
                >
                  <Icon /> {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className={styles.tab}>
          <Answered answer={answer} loading={`Loading ${name}`}>
            {(resource) => (
              <Suspense fallback={<Loading text="Loading" />}>
                {Tab ? <Tab id={id} resource={resource} query={query} /> : <p>There is no such page of this resource.</p>}
              </Suspense>
            )}
          </Answered>
        </div>
      </div>
    </PageFrame>
  )
}

function readId(text: string): ResourceId | InvalidResourceIdError {
  try {
    return parseResourceId(text)
  } catch (error) {
    if (error instanceof InvalidResourceIdError) return error
    throw error
  }
}

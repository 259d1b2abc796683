import {
  Button,
  Drawer,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  FluentProvider,
  RendererProvider,
  Spinner,
  createDOMRenderer,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { Suspense, lazy, useEffect, useRef, useState, type ComponentType, type LazyExoticComponent } from 'react'
import { DismissIcon } from '../icons/index.ts'
import { useRoute } from '../routing/use-route.ts'
import { Navigation } from './navigation.tsx'
import { Notifications } from './notifications.tsx'
import { pageTable, type PageProps } from './page-table.ts'
import { PageBoundary } from './page-boundary.tsx'
import { PageFrame } from './page.tsx'
import { useTheme } from './theme.ts'
import { TopBar } from './top-bar.tsx'
import { useMedia, wide } from './use-media.ts'

const useStyles = makeStyles({
  portal: { display: 'flex', flexDirection: 'column', height: '100dvh', backgroundColor: tokens.colorNeutralBackground1 },
  below: { display: 'flex', flexGrow: 1, minHeight: 0 },
  menu: {
    width: '232px',
    flexShrink: 0,
    overflowY: 'auto',
    backgroundColor: tokens.colorNeutralBackground2,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  main: {
    display: 'flex',
    flexDirection: 'column',
    flexGrow: 1,
    minWidth: 0,
    overflowY: 'auto',
    outlineStyle: 'none',
  },
  skip: {
    position: 'absolute',
    left: '8px',
    top: '-60px',
    zIndex: 10,
    padding: '8px 16px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForeground1,
    ':focus': { top: '4px' },
  },
  loading: { padding: '24px' },
})

const pages: Readonly<Record<string, LazyExoticComponent<ComponentType<PageProps>>>> = Object.fromEntries(
  pageTable.map(({ name, load }) => [name, lazy(async () => ({ default: await load() }))]),
)

/** What every page stands in: theme, top bar, menu, notifications. @param nonce of the page's content security policy */
export function App({ nonce }: { readonly nonce: string | undefined }) {
  const [renderer] = useState(() => createDOMRenderer(document, nonce === undefined ? {} : { styleElementAttributes: { nonce } }))
  const [theme, choice, choose] = useTheme()
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <FluentProvider theme={theme}>
        <Shell choice={choice} choose={choose} />
      </FluentProvider>
    </RendererProvider>
  )
}

function Shell({
  choice,
  choose,
}: {
  readonly choice: ReturnType<typeof useTheme>[1]
  readonly choose: ReturnType<typeof useTheme>[2]
}) {
  const styles = useStyles()
  const isWide = useMedia(wide)
  const [menuOpen, setMenuOpen] = useState(false)
  const main = useRef<HTMLElement>(null)
  const route = useRoute()
  const where = `${route.page}/${route.segments.join('/')}`
  useEffect(() => {
    main.current?.scrollTo(0, 0)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another page begins at its top
  }, [where])
  const Page = pages[route.page]
  return (
    <div className={styles.portal}>
      <a
        className={styles.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          main.current?.focus()
        }}
      >
        Skip to main content
      </a>
      <TopBar theme={choice} onTheme={choose} onMenu={isWide ? undefined : () => setMenuOpen(true)} />
      <div className={styles.below}>
        {isWide ? (
          <div className={styles.menu}>
            <Navigation />
          </div>
        ) : (
          <Drawer open={menuOpen} onOpenChange={(_event, { open }) => setMenuOpen(open)} position="start" size="small">
            <DrawerHeader>
              <DrawerHeaderTitle
                action={
                  <Button appearance="subtle" aria-label="Close menu" icon={<DismissIcon />} onClick={() => setMenuOpen(false)} />
                }
              >
                Lanyard
              </DrawerHeaderTitle>
            </DrawerHeader>
            <DrawerBody>
              <Navigation onGo={() => setMenuOpen(false)} />
            </DrawerBody>
          </Drawer>
        )}
        <main id="main" ref={main} tabIndex={-1} className={styles.main}>
          <PageBoundary key={where}>
            <Suspense fallback={<Spinner className={styles.loading} size="small" label="Loading" labelPosition="after" />}>
              {Page ? <Page route={route} /> : <NoSuchPage name={route.page} />}
            </Suspense>
          </PageBoundary>
        </main>
      </div>
      <Notifications />
    </div>
  )
}

function NoSuchPage({ name }: { readonly name: string }) {
  return (
    <PageFrame title="No such page">
      <p>The portal has no page that is called “{name}”. The menu has those that there are.</p>
    </PageFrame>
  )
}

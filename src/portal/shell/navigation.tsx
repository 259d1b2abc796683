import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useRoute } from '../routing/use-route.ts'
import { pageTable } from './page-table.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: '8px' },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    minHeight: '40px',
    padding: '0 12px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    '@media (forced-colors: active)': { color: 'LinkText' },
  },
  current: {
    backgroundColor: tokens.colorSubtleBackgroundSelected,
    fontWeight: tokens.fontWeightSemibold,
    boxShadow: `inset 3px 0 0 ${tokens.colorBrandForeground1}`,
    '@media (forced-colors: active)': { outline: '2px solid Highlight' },
  },
})

/** The menu of pages. @param onGo called when one is chosen */
export function Navigation({ onGo }: { readonly onGo?: () => void }) {
  const styles = useStyles()
  const { page } = useRoute()
  return (
    <nav aria-label="Portal">
      <ul className={styles.list}>
        {pageTable.map(
          ({ name, menu }) =>
            menu && (
              <li key={name}>
                <a
                  href={menu.path}
                  className={mergeClasses(styles.link, page === name && styles.current)}
                  aria-current={page === name ? 'page' : undefined}
                  onClick={onGo}
                >
                  <menu.icon />
                  {menu.title}
                </a>
              </li>
            ),
        )}
      </ul>
    </nav>
  )
}

import {
  Avatar,
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  mergeClasses,
  tokens,
  type MenuProps,
} from '@fluentui/react-components'
import { MenuIcon, MoonIcon, SunIcon, SystemThemeIcon } from '../icons/index.ts'
import { paths } from '../paths.ts'
import { usePortal } from '../portal-context.ts'
import { Mark } from './mark.tsx'
import { ResourceSearch } from './resource-search.tsx'
import { themeChoices, type ThemeChoice } from './theme.ts'

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    height: '48px',
    padding: '0 8px',
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    flexShrink: 0,
    '@media (forced-colors: active)': { borderBottom: '1px solid CanvasText' },
  },
  home: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    padding: '4px 8px',
    borderRadius: tokens.borderRadiusMedium,
    color: 'inherit',
    textDecorationLine: 'none',
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase400,
    ':focus-visible': { outline: `2px solid ${tokens.colorNeutralForegroundOnBrand}` },
  },
  name: { '@media (max-width: 479px)': { display: 'none' } },
  search: { flexGrow: 1, display: 'flex', justifyContent: 'center', minWidth: 0 },
  onBrand: {
    color: tokens.colorNeutralForegroundOnBrand,
    minWidth: 'auto',
    ':hover': { color: tokens.colorNeutralForegroundOnBrand, backgroundColor: tokens.colorBrandBackgroundHover },
    ':hover:active': { color: tokens.colorNeutralForegroundOnBrand, backgroundColor: tokens.colorBrandBackgroundPressed },
    ':focus-visible': { outline: `2px solid ${tokens.colorNeutralForegroundOnBrand}` },
    '& .fui-Button__icon': { color: 'inherit' },
  },
  user: { paddingLeft: '8px', paddingRight: '8px', fontWeight: tokens.fontWeightRegular },
  userName: { marginRight: '10px', '@media (max-width: 699px)': { display: 'none' } },
})

const themeNames: Readonly<Record<ThemeChoice, string>> = { light: 'Light', dark: 'Dark', system: 'As the system' }
const themeIcons = { light: SunIcon, dark: MoonIcon, system: SystemThemeIcon } as const

interface TopBarProps {
  readonly theme: ThemeChoice
  readonly onTheme: (choice: ThemeChoice) => void
  /** Opens the menu; undefined while it stands beside the page. */
  readonly onMenu: (() => void) | undefined
}

/** The bar above every page: the way home, the search of resources, the theme, and who is signed in. */
export function TopBar({ theme, onTheme, onMenu }: TopBarProps) {
  const styles = useStyles()
  return (
    <header className={styles.bar}>
      {onMenu && (
        <Button className={styles.onBrand} appearance="transparent" icon={<MenuIcon />} aria-label="Menu" onClick={onMenu} />
      )}
      <a className={styles.home} href={paths.home()} aria-label="Lanyard, home">
        <Mark />
        <span className={styles.name}>Lanyard</span>
      </a>
      <div className={styles.search}>
        <ResourceSearch />
      </div>
      <ThemeMenu theme={theme} onTheme={onTheme} />
      <UserMenu />
    </header>
  )
}

function ThemeMenu({ theme, onTheme }: Pick<TopBarProps, 'theme' | 'onTheme'>) {
  const styles = useStyles()
  const Icon = themeIcons[theme]
  const onChange: MenuProps['onCheckedValueChange'] = (_event, { checkedItems: [chosen] }) => {
    const choice = themeChoices.find((one) => one === chosen)
    if (choice) onTheme(choice)
  }
  return (
    <Menu checkedValues={{ theme: [theme] }} onCheckedValueChange={onChange}>
      <MenuTrigger disableButtonEnhancement>
        <Button className={styles.onBrand} appearance="transparent" icon={<Icon />} aria-label={`Theme: ${themeNames[theme]}`} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>Theme</MenuGroupHeader>
            {themeChoices.map((choice) => (
              <MenuItemRadio key={choice} name="theme" value={choice}>
                {themeNames[choice]}
              </MenuItemRadio>
            ))}
          </MenuGroup>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}

function UserMenu() {
  const styles = useStyles()
  const { session } = usePortal()
  const user = session.user()
  const name = user?.userPrincipalName ?? 'Signed in'
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button className={mergeClasses(styles.onBrand, styles.user)} appearance="transparent" aria-label={`Account: ${name}`}>
          <span className={styles.userName}>{name}</span>
          {/* Without initials: they would be text that is seen and not part of the button's name. */}
          <Avatar size={28} aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>{user === undefined || user.name === name ? name : `${user.name} (${name})`}</MenuGroupHeader>
            <MenuDivider />
            <MenuItem onClick={() => session.signOut()}>Sign out</MenuItem>
          </MenuGroup>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}

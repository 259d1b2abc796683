import { Link, Text, makeStyles, tokens } from '@fluentui/react-components'
import { groupOf } from '../../../api-client/resource-ids.ts'
import { machineKinds, userAssignedIdentityType } from '../../api/machine-kinds.ts'
import { listResourceGroups, listResources, listSubscriptions } from '../../api/subscriptions.ts'
import { useQuery } from '../../api/use-query.ts'
import { CodeBlock } from '../../controls/code-block.tsx'
import { ErrorBar } from '../../controls/error-bar.tsx'
import { Essentials } from '../../controls/essentials.tsx'
import { Section } from '../../controls/section.tsx'
import { GroupIcon, IdentityIcon, MachineIcon, SubscriptionIcon, type Icon } from '../../icons/index.ts'
import { paths } from '../../paths.ts'
import { usePortal } from '../../portal-context.ts'
import { PageFrame } from '../../shell/page.tsx'
import type { PageProps } from '../../shell/page-table.ts'
import { RecentRefusals } from './recent-refusals.tsx'

const useStyles = makeStyles({
  tiles: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))', gap: '12px' },
  tile: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    padding: '14px 16px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    '& svg': { color: tokens.colorBrandForeground1, width: '28px', height: '28px' },
  },
  link: {
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  count: { fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightBase600, fontWeight: tokens.fontWeightSemibold },
  columns: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))', gap: '24px' },
  command: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0 },
})

const machineTypes = machineKinds.map(({ type }) => type)

/** What is running, and what to try. */
export function HomePage(_page: PageProps) {
  const styles = useStyles()
  const { tenant, session } = usePortal()
  const subscriptions = useQuery('subscriptions', listSubscriptions)
  const groups = useQuery('resource-groups', listResourceGroups)
  const machines = useQuery('machines', async (platform) => listResources(platform, machineTypes))
  const identities = useQuery('identities', async (platform) => listResources(platform, [userAssignedIdentityType]))
  const systemIdentities = machines.data?.filter(({ identity }) => identity?.principalId !== undefined).length ?? 0
  const failed = [subscriptions, groups, machines, identities].find(({ error }) => error !== undefined)
  const machine = machines.data?.find(({ type }) => type?.toLowerCase() === 'microsoft.compute/virtualmachines')
  return (
    <PageFrame title="Home">
      {failed && <ErrorBar error={failed.error} />}
      <div className={styles.tiles}>
        <Tile icon={MachineIcon} name="Machines" count={machines.data?.length} path={paths.virtualMachines()} />
        <Tile
          icon={IdentityIcon}
          name="Identities"
          count={machines.data && identities.data && systemIdentities + identities.data.length}
          path={paths.managedIdentities()}
        />
        <Tile icon={GroupIcon} name="Resource groups" count={groups.data?.length} path={paths.resourceGroups()} />
        <Tile icon={SubscriptionIcon} name="Subscriptions" count={subscriptions.data?.length} path={paths.subscriptions()} />
      </div>
      <Essentials
        items={[
          { name: 'Tenant ID', value: tenant, copy: tenant },
          { name: 'Signed in as', value: session.user()?.userPrincipalName ?? '' },
          ...(subscriptions.data ?? []).slice(0, 4).map(({ displayName, id, subscriptionId }) => ({
            name: 'Subscription',
            value: <Link href={paths.resource(id)}>{displayName}</Link>,
            copy: subscriptionId,
          })),
        ]}
      />
      <div className={styles.columns}>
        <Section title="Try it">
          {commands(machine?.name ?? 'web-1', (machine && groupOf(machine.id)) ?? 'lanyard').map(([what, command]) => (
            <div key={what} className={styles.command}>
              <Text size={200}>{what}</Text>
              <CodeBlock code={command} label={what} />
            </div>
          ))}
        </Section>
        <Section title="Recent refusals">
          <RecentRefusals />
        </Section>
      </div>
    </PageFrame>
  )
}

const commands = (machine: string, group: string): readonly (readonly [what: string, command: string])[] => [
  ['Sign in on a machine with Azure CLI', `lanyard run --vm ${machine} -- az login --identity`],
  ['Open a shell on it', `lanyard connect ${machine}`],
  ['Ask why a sign-in does not work', `lanyard run --vm ${machine} -- lanyard doctor`],
  ['Switch its identity on', `lanyard vm identity assign -g ${group} -n ${machine}`],
]

interface TileProps {
  readonly icon: Icon
  readonly name: string
  readonly count: number | undefined
  readonly path: string | undefined
}

function Tile({ icon: Icon, name, count, path }: TileProps) {
  const styles = useStyles()
  const content = (
    <>
      <Icon />
      <span>
        <span className={styles.count}>{count ?? '–'}</span>
        <br />
        {name}
      </span>
    </>
  )
  if (path === undefined) return <div className={styles.tile}>{content}</div>
  return (
    <a className={`${styles.tile} ${styles.link}`} href={path}>
      {content}
    </a>
  )
}

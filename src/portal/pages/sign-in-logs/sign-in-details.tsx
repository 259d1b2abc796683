import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  Link,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  OverlayDrawer,
  Text,
  makeStyles,
} from '@fluentui/react-components'
import type { SignInItem } from '../../../contracts/sign-in.ts'
import { getSignIn } from '../../api/sign-ins.ts'
import { useQuery } from '../../api/use-query.ts'
import { Answered } from '../../controls/answered.tsx'
import { Essentials, type Essential } from '../../controls/essentials.tsx'
import { Section } from '../../controls/section.tsx'
import { Time } from '../../controls/time.tsx'
import { TokenClaims } from '../../controls/token-claims.tsx'
import { useReturnFocus } from '../../controls/use-return-focus.ts'
import { CloseIcon } from '../../icons/index.ts'
import { paths } from '../../paths.ts'
import { principalName } from './sign-in-query.ts'
import { useKnownError } from './use-known-error.ts'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '20px', paddingBottom: '24px' },
  said: { minWidth: 0, overflowWrap: 'anywhere' },
  links: { display: 'flex', flexDirection: 'column', alignItems: 'start', gap: '4px' },
})

interface SignInDetailsProps {
  readonly id: string
  /** The sign-in, if the list has it already. */
  readonly known: SignInItem | undefined
  readonly onClose: () => void
}

/** One sign-in in a pane beside the log: who, from where, for what, and the token's claims or the reason that there is none. */
export function SignInDetails({ id, known, onClose }: SignInDetailsProps) {
  const styles = useStyles()
  useReturnFocus()
  const asked = useQuery(known ? undefined : `sign-in ${id}`, async (platform) => getSignIn(platform, id), ['logs'])
  const answer = known ? { data: known, error: undefined, isLoading: false } : asked
  return (
    <OverlayDrawer open position="end" size="medium" onOpenChange={(_event, { open }) => open || onClose()}>
      <DrawerHeader>
        <DrawerHeaderTitle action={<Button appearance="subtle" aria-label="Close" icon={<CloseIcon />} onClick={onClose} />}>
          Sign-in of {answer.data ? principalName(answer.data) : '…'}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody className={styles.body}>
        <Answered answer={answer} loading="Loading the sign-in">
          {(item) => <Details item={item} />}
        </Answered>
      </DrawerBody>
    </OverlayDrawer>
  )
}

function Details({ item }: { readonly item: SignInItem }) {
  const { errorCode, failureReason } = item.status
  const { claims, count } = item.lanyard
  return (
    <>
      {errorCode !== 0 && <Failure id={item.id} code={errorCode} reason={failureReason ?? ''} />}
      <Section title="Basic info">
        <Essentials items={essentialsOf(item)} />
      </Section>
      {errorCode === 0 && (
        <Section title="What the token says">
          {claims ? (
            <TokenClaims claims={claims} />
          ) : (
            <Text>This row stands for {count.toLocaleString('en')} tokens; the claims of none of them are kept.</Text>
          )}
        </Section>
      )}
    </>
  )
}

function Failure({ id, code, reason }: { readonly id: string; readonly code: number; readonly reason: string }) {
  const styles = useStyles()
  const error = useKnownError(`AADSTS${code}: ${reason}`)
  return (
    <>
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody className={styles.said}>
          <MessageBarTitle>No token: error {code}</MessageBarTitle>
          {reason}
        </MessageBarBody>
      </MessageBar>
      <div className={styles.links}>
        <Link href={paths.why(id)}>Why was this request refused?</Link>
        {error && <Link href={paths.errors(error.id)}>What it means: {error.title}</Link>}
      </div>
    </>
  )
}

const kinds: Readonly<Record<string, string>> = {
  managedIdentity: 'Managed identity',
  servicePrincipal: 'Service principal',
  interactiveUser: 'User, interactive',
  nonInteractiveUser: 'User, non-interactive',
}

function essentialsOf(item: SignInItem): readonly Essential[] {
  const { status, lanyard, resourceDisplayName, ipAddress } = item
  const count = lanyard.count.toLocaleString('en')
  const copied = (name: string, text: string | null | undefined): Essential[] => (text ? [{ name, value: text, copy: text }] : [])
  const machine = lanyard.machineId
  return [
    { name: 'Time', value: <Time time={item.createdDateTime} /> },
    ...(lanyard.count > 1
      ? [
          { name: 'Requests', value: `${count} that are alike` },
          { name: 'Last of them', value: <Time time={lanyard.lastDateTime} /> },
        ]
      : []),
    { name: 'Status', value: status.errorCode === 0 ? 'Success' : 'Failure' },
    { name: 'Kind of sign-in', value: item.signInEventTypes.map((type) => kinds[type] ?? type).join(', ') },
    { name: 'Identity', value: principalName(item) },
    ...copied('Object ID', item.servicePrincipalId),
    ...copied('Client ID', item.appId),
    ...(machine
      ? [{ name: 'Machine', value: <Link href={paths.resource(machine, 'identity')}>{machine.split('/').at(-1)}</Link> }]
      : []),
    ...(resourceDisplayName ? [{ name: 'Resource', value: resourceDisplayName }] : []),
    ...copied('Resource ID', item.resourceId),
    ...(ipAddress ? [{ name: 'IP address', value: ipAddress }] : []),
    ...copied('Request ID', item.id),
    ...copied('Unique token identifier', item.uniqueTokenIdentifier),
  ]
}

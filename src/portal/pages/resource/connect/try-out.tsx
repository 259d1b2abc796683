import { Badge, Button, Link, Text, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { TokenRequestAnswer, TokenRequestBody } from '../../../../contracts/token-request.ts'
import type { ResourceId } from '../../../../resource-ids/resource-id.ts'
import { claimsOfAnswer, tryToken } from '../../../api/token-requests.ts'
import { CodeBlock } from '../../../controls/code-block.tsx'
import { ErrorBar } from '../../../controls/error-bar.tsx'
import { Loading } from '../../../controls/loading.tsx'
import { Section } from '../../../controls/section.tsx'
import { TokenClaims } from '../../../controls/token-claims.tsx'
import { PlayIcon } from '../../../icons/index.ts'
import { paths } from '../../../paths.ts'
import { usePortal } from '../../../portal-context.ts'

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap' },
  request: { overflowWrap: 'anywhere' },
  answer: { display: 'flex', flexDirection: 'column', gap: '12px' },
})

type Attempt =
  | { readonly state: 'none' | 'asking' }
  | { readonly state: 'answered'; readonly answer: TokenRequestAnswer['properties'] }
  | { readonly state: 'failed'; readonly error: unknown }

interface TryOutProps {
  readonly id: ResourceId
  readonly question: TokenRequestBody
}

/** Asks the machine's own source of tokens, and shows what it answers. */
export function TryOut({ id, question }: TryOutProps) {
  const styles = useStyles()
  const { platform, cache } = usePortal()
  const [attempt, setAttempt] = useState<Attempt>({ state: 'none' })
  const ask = async () => {
    setAttempt({ state: 'asking' })
    try {
      setAttempt({ state: 'answered', answer: await tryToken(platform, id.text, question) })
    } catch (error) {
      setAttempt({ state: 'failed', error })
    }
    await cache.refresh(['logs'])
  }
  return (
    <Section title="Try it here">
      <div className={styles.line}>
        <Button
          appearance="primary"
          icon={<PlayIcon />}
          disabled={question.resource.trim() === ''}
          disabledFocusable={attempt.state === 'asking'}
          onClick={() => void ask()}
        >
          Request a token
        </Button>
        <Text size={200}>
          {id.name} is asked for a token for {question.resource}, as a program on it would ask. The token itself is not shown.
        </Text>
      </div>
      <div className={styles.answer} aria-live="polite">
        {attempt.state === 'asking' && <Loading text="Requesting a token" />}
        {attempt.state === 'failed' && <ErrorBar error={attempt.error} />}
        {attempt.state === 'answered' && <TokenAnswer answer={attempt.answer} />}
      </div>
    </Section>
  )
}

function TokenAnswer({ answer }: { readonly answer: TokenRequestAnswer['properties'] }) {
  const styles = useStyles()
  const { status, body, failure, request } = answer
  const claims = claimsOfAnswer(answer)
  const requestId = answer.headers['x-ms-request-id']
  const hasToken = status === 200 && claims !== undefined
  return (
    <>
      <div className={styles.line}>
        <Badge appearance="filled" color={hasToken ? 'success' : 'danger'}>
          {status === 0 ? 'No answer' : `HTTP ${status}`}
        </Badge>
        <Text>{failure ?? (hasToken ? 'The machine got a token.' : 'The machine was refused.')}</Text>
        {!hasToken && requestId !== undefined && <Link href={paths.why(requestId)}>Why?</Link>}
      </div>
      <Text size={200} className={styles.request}>
        {request.method} {request.url}
      </Text>
      {claims && <TokenClaims claims={claims} />}
      {status !== 0 && <CodeBlock code={typeof body === 'string' ? body : JSON.stringify(body, null, 2)} label="Answer" />}
    </>
  )
}

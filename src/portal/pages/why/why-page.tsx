import { Button, Field, Input, Link, Text, makeStyles } from '@fluentui/react-components'
import { useState, type FormEvent } from 'react'
import { explainRequest } from '../../api/request-explanations.ts'
import { useQuery } from '../../api/use-query.ts'
import { Answered } from '../../controls/answered.tsx'
import { CodeBlock } from '../../controls/code-block.tsx'
import { Section } from '../../controls/section.tsx'
import { QuestionIcon } from '../../icons/index.ts'
import { paths } from '../../paths.ts'
import { goTo } from '../../routing/use-route.ts'
import { PageFrame } from '../../shell/page.tsx'
import type { PageProps } from '../../shell/page-table.ts'
import { RecentRefusals } from '../home/recent-refusals.tsx'
import { Explanation } from './explanation.tsx'

const useStyles = makeStyles({
  form: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'end', maxWidth: '640px' },
  field: { flexGrow: 1, flexBasis: '260px' },
  narrow: { display: 'flex', flexDirection: 'column', gap: '20px', maxWidth: '900px', minWidth: 0 },
  text: { overflowWrap: 'anywhere' },
})

/** Why a request was refused: `#why/REQUESTID`. Without an id, where to find one. */
export function WhyPage({ route: { segments } }: PageProps) {
  const [requestId] = segments
  return requestId === undefined ? <WhichRequest /> : <OneRequest requestId={requestId} />
}

function OneRequest({ requestId }: { readonly requestId: string }) {
  const styles = useStyles()
  const answer = useQuery(`why ${requestId}`, async (platform) => explainRequest(platform, requestId), ['logs'])
  return (
    <PageFrame
      title="Why was it refused?"
      subtitle={`Request ${requestId}`}
      icon={QuestionIcon}
      crumbs={[{ text: 'Why', path: paths.why() }]}
    >
      <div className={styles.narrow}>
        <Answered answer={answer} loading="Looking for the request">
          {(facts) =>
            facts ? (
              <Explanation facts={facts} />
            ) : (
              <>
                <Text className={styles.text} role="status">
                  There is no refused request with the id “{requestId}” that you may see. A request that succeeded is not here,
                  one of before the time that logs are kept is gone, and one of somebody else is shown to those who may read the
                  activity log of what it was about.
                </Text>
                <HowToFind />
              </>
            )
          }
        </Answered>
      </div>
    </PageFrame>
  )
}

function WhichRequest() {
  const styles = useStyles()
  return (
    <PageFrame title="Why" subtitle="was a request refused" icon={QuestionIcon}>
      <div className={styles.narrow}>
        <RequestForm />
        <Section title="Recent refusals">
          <RecentRefusals />
        </Section>
        <HowToFind />
      </div>
    </PageFrame>
  )
}

function RequestForm() {
  const styles = useStyles()
  const [text, setText] = useState('')
  const ask = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') goTo(paths.why(text.trim()))
  }
  return (
    <form className={styles.form} onSubmit={ask}>
      <Field className={styles.field} label="Request id">
        <Input
          value={text}
          placeholder="00000000-0000-0000-0000-000000000000"
          spellCheck={false}
          onChange={(_event, { value }) => setText(value)}
        />
      </Field>
      <Button appearance="primary" type="submit" disabled={text.trim() === ''}>
        Explain
      </Button>
    </form>
  )
}

function HowToFind() {
  return (
    <Section title="Where a request id is">
      <Text>
        Each answer of Resource Manager and of the metadata endpoint carries it in the header x-ms-request-id, and each of Graph
        in request-id; az shows headers with --debug. Errors of token requests say it as “Trace ID”. Refused token requests are
        also in the <Link href={paths.signInLogs({ status: 'failure' })}>sign-in logs</Link>. At a terminal:
      </Text>
      <CodeBlock
        label="Commands"
        code={'az vm show -g lanyard -n web-1 --debug 2>&1 | grep -i x-ms-request-id\nlanyard why REQUEST-ID'}
      />
    </Section>
  )
}

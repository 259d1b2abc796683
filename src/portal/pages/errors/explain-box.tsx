import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Field,
  MessageBar,
  MessageBarBody,
  Text,
  Textarea,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { useState, type ClipboardEvent } from 'react'
import { knownErrors } from '../../../diagnosis/known-errors/index.ts'
import { KnownErrorView } from './known-error-view.tsx'
import type { ExplainedText } from './text-explainer.ts'
import { useExplainedText } from './use-explained-text.ts'

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 },
  text: { '& textarea': { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, minHeight: '92px' } },
  findings: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
  panel: { padding: '4px 12px 16px' },
})

/** Of a pasted text that is longer, only so much is put into the box: a browser takes seconds to break megabytes into lines. */
const mostShown = 20_000

/** Explains a text as it is typed or pasted. Nothing of it leaves the browser. */
export function ExplainBox() {
  const styles = useStyles()
  const [{ answer, isWaiting }, explain] = useExplainedText()
  const [hidden, setHidden] = useState(0)
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = event.clipboardData.getData('text')
    if (pasted.length <= mostShown) return
    event.preventDefault()
    event.currentTarget.value = pasted.slice(0, mostShown)
    setHidden(pasted.length - mostShown)
    explain(pasted)
  }
  return (
    <div className={styles.box}>
      <Field
        label="Paste an error, or the whole output"
        hint={
          hidden > 0
            ? `The last ${hidden.toLocaleString('en')} characters are not shown here; they are looked at like the rest.`
            : 'Nothing of it leaves your browser.'
        }
      >
        <Textarea
          className={styles.text}
          resize="vertical"
          spellCheck={false}
          placeholder="(AuthorizationFailed) The client '…' with object id '…' does not have authorization to perform action …"
          onPaste={onPaste}
          onChange={(_event, { value }) => {
            setHidden(0)
            explain(value)
          }}
        />
      </Field>
      <Text size={200} role="status">
        {isWaiting ? 'Looking…' : answer && countOf(answer)}
      </Text>
      {answer && <Findings answer={answer} />}
    </div>
  )
}

function Findings({ answer: { question, findings, isCut } }: { readonly answer: ExplainedText }) {
  const styles = useStyles()
  const [best] = findings
  return (
    <>
      {isCut && (
        <MessageBar intent="info">
          <MessageBarBody>The text is over 2 MiB; its middle was not looked at.</MessageBarBody>
        </MessageBar>
      )}
      {best === undefined ? (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            This text is not known. On the machine where it comes from, lanyard doctor walks the way of a sign-in and stops at
            what is broken.
          </MessageBarBody>
        </MessageBar>
      ) : (
        <Accordion key={question} className={styles.findings} multiple collapsible defaultOpenItems={[best.id]}>
          {findings.map(({ id, variables }) => {
            const error = knownErrors.find((one) => one.id === id)
            return (
              error && (
                <AccordionItem key={id} value={id}>
                  <AccordionHeader as="h3">{error.title}</AccordionHeader>
                  <AccordionPanel className={styles.panel}>
                    <KnownErrorView error={error} variables={variables} />
                  </AccordionPanel>
                </AccordionItem>
              )
            )
          })}
        </Accordion>
      )}
    </>
  )
}

function countOf({ findings }: ExplainedText): string {
  if (findings.length === 0) return 'No known error was found.'
  return findings.length === 1
    ? 'One known error was found.'
    : `${findings.length} known errors were found; the reason comes first.`
}

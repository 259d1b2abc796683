import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  Select,
  makeStyles,
} from '@fluentui/react-components'
import { useState, type FormEvent } from 'react'
import type { NewFederatedCredential } from '../../../api/federated-credentials.ts'
import { CodeBlock } from '../../../controls/code-block.tsx'
import { useReturnFocus } from '../../../controls/use-return-focus.ts'
import { defaultAudience, mistakeInIssuer, mistakeInName, scenarios, type Scenario, type Values } from './scenarios.ts'

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', gap: '12px' } })

interface AddCredentialDialogProps {
  readonly onAdd: (credential: NewFederatedCredential) => void
  readonly onCancel: () => void
}

/** Asks for whose tokens are to be taken, in the words of a scenario, and builds issuer and subject from them. */
export function AddCredentialDialog({ onAdd, onCancel }: AddCredentialDialogProps) {
  const styles = useStyles()
  useReturnFocus()
  const [scenario, setScenario] = useState<Scenario>('github')
  const [values, setValues] = useState<Values>({})
  const [name, setName] = useState('')
  const [audience, setAudience] = useState(defaultAudience)
  const { fields, federation } = scenarios[scenario]
  const { issuer, subject } = federation(values)
  const wrongName = mistakeInName(name)
  const wrongIssuer = mistakeInIssuer(issuer)
  const isWhole = name !== '' && !wrongName && issuer !== undefined && !wrongIssuer && subject !== undefined && audience !== ''
  const set = (field: string, value: string) => setValues({ ...values, [field]: value })
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (isWhole) onAdd({ name, issuer, subject, audience: audience.trim() })
  }
  return (
    <Dialog open onOpenChange={(_event, { open }) => open || onCancel()}>
      <DialogSurface>
        <form onSubmit={add}>
          <DialogBody>
            <DialogTitle>Add federated credential</DialogTitle>
            <DialogContent className={styles.content}>
              <Field label="Scenario" required>
                <Select
                  value={scenario}
                  onChange={(_event, { value }) => {
                    setScenario(value as Scenario)
                    setValues({})
                  }}
                >
                  {Object.entries(scenarios).map(([key, { title }]) => (
                    <option key={key} value={key}>
                      {title}
                    </option>
                  ))}
                </Select>
              </Field>
              {fields
                .filter(({ isAsked }) => isAsked?.(values) ?? true)
                .map(({ name: field, label, hint, options }) => (
                  <Field
                    key={field}
                    label={label}
                    required
                    {...(hint !== undefined && { hint })}
                    {...(field === 'issuer' && wrongIssuer !== undefined && { validationMessage: wrongIssuer })}
                  >
                    {options ? (
                      <Select value={values[field] ?? options[0]?.[0] ?? ''} onChange={(_event, { value }) => set(field, value)}>
                        {options.map(([value, text]) => (
                          <option key={value} value={value}>
                            {text}
                          </option>
                        ))}
                      </Select>
                    ) : (
                      <Input value={values[field] ?? ''} spellCheck={false} onChange={(_event, { value }) => set(field, value)} />
                    )}
                  </Field>
                ))}
              {scenario !== 'other' && (
                <CodeBlock
                  code={`issuer   ${issuer ?? '…'}\nsubject  ${subject ?? '…'}`}
                  label="Issuer and subject that are made of this"
                  wraps
                />
              )}
              <Field label="Name" required {...(wrongName !== undefined && { validationMessage: wrongName })}>
                <Input value={name} spellCheck={false} onChange={(_event, { value }) => setName(value)} />
              </Field>
              <Field label="Audience" required hint="The claim aud of the tokens">
                <Input value={audience} spellCheck={false} onChange={(_event, { value }) => setAudience(value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button appearance="primary" type="submit" disabled={!isWhole}>
                Add
              </Button>
              <Button onClick={onCancel}>Cancel</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}

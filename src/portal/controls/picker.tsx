import { Combobox, Field, Option, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'

const useStyles = makeStyles({
  detail: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, whiteSpace: 'normal' },
  box: { minWidth: 0, width: '100%', '& input': { minWidth: 0 } },
  option: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start' },
})

/** One that can be chosen. */
export interface Choice {
  readonly value: string
  readonly text: string
  /** What tells it from others of the same name. */
  readonly detail?: string | undefined
}

interface PickerProps {
  readonly label: string
  readonly choices: readonly Choice[]
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
  readonly placeholder?: string
  readonly required?: boolean
}

/** More are not offered at once: whoever has more types on. */
const mostOffered = 50

/** Chooses one of many by typing a part of its name. */
export function Picker({ label, choices, value, onChange, placeholder, required = false }: PickerProps) {
  const styles = useStyles()
  const chosen = choices.find((choice) => choice.value === value)
  const [typed, setTyped] = useState<string | undefined>(undefined)
  // Fluent opens the list at a key; what is pasted opens it here.
  const [open, setOpen] = useState(false)
  const sought = (typed ?? '').trim().toLowerCase()
  const fitting = choices.filter(
    ({ text, detail = '' }) => text.toLowerCase().includes(sought) || detail.toLowerCase().includes(sought),
  )
  return (
    <Field label={label} required={required}>
      <Combobox
        className={styles.box}
        placeholder={placeholder ?? 'Type to search'}
        value={typed ?? chosen?.text ?? ''}
        selectedOptions={value === undefined ? [] : [value]}
        open={open}
        onOpenChange={(_event, change) => setOpen(change.open)}
        onChange={(event) => {
          setTyped(event.target.value)
          setOpen(true)
          if (value !== undefined) onChange(undefined)
        }}
        onOptionSelect={(_event, { optionValue }) => {
          setTyped(undefined)
          onChange(optionValue)
        }}
      >
        {fitting.slice(0, mostOffered).map((choice) => (
          <Option key={choice.value} value={choice.value} text={choice.text}>
            <span className={styles.option}>
              <span>{choice.text}</span>
              {choice.detail !== undefined && <span className={styles.detail}>{choice.detail}</span>}
            </span>
          </Option>
        ))}
        {fitting.length === 0 && (
          <Option disabled text="">
            Nothing fits
          </Option>
        )}
      </Combobox>
    </Field>
  )
}

import { Button, Tooltip } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { CopiedIcon, CopyIcon } from '../icons/index.ts'
import { VisuallyHidden } from './visually-hidden.tsx'

/** Milliseconds that a button says that it has copied. */
const said = 2000

/** Copies a text. @param what the text is, for whoever hears the button: `Copy object ID` */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), said)
    return () => clearTimeout(timer)
  }, [copied])
  const label = copied ? 'Copied' : `Copy ${what}`
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <>
      <Tooltip content={label} relationship="label">
        <Button appearance="subtle" size="small" icon={copied ? <CopiedIcon /> : <CopyIcon />} onClick={() => void copy()} />
      </Tooltip>
      <VisuallyHidden live>{copied ? `Copied ${what}` : ''}</VisuallyHidden>
    </>
  )
}

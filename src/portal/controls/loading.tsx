import { Spinner, makeStyles } from '@fluentui/react-components'

const useStyles = makeStyles({ start: { justifyContent: 'flex-start' } })

/** Says what is waited for. */
export function Loading({ text }: { readonly text: string }) {
  const { start } = useStyles()
  return <Spinner className={start} size="tiny" label={text} labelPosition="after" />
}

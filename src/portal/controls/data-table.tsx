import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { memo, useDeferredValue, useMemo, useRef, useState, type ReactNode } from 'react'
import { rowWindow, sortRows, type Sorting } from './row-window.ts'
import { useSize } from './use-size.ts'

const rowHeight = 44

const useStyles = makeStyles({
  table: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflow: 'auto',
    position: 'relative',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  fill: { flexGrow: 1, flexBasis: '240px', minHeight: '240px' },
  row: {
    display: 'grid',
    alignItems: 'center',
    columnGap: '12px',
    padding: '0 12px',
    height: `${rowHeight}px`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
  },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    height: '40px',
    backgroundColor: tokens.colorNeutralBackground2,
    fontWeight: tokens.fontWeightSemibold,
    ':hover': { backgroundColor: tokens.colorNeutralBackground2 },
  },
  cell: { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  sort: {
    font: 'inherit',
    color: 'inherit',
    background: 'none',
    border: 'none',
    padding: '4px 0',
    cursor: 'pointer',
    maxWidth: '100%',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  empty: { padding: '24px', textAlign: 'center', color: tokens.colorNeutralForeground3 },
})

/** A column of a table. */
export interface Column<T> {
  readonly name: string
  readonly render: (row: T) => ReactNode
  /** The text that it is sorted by; without one it cannot be. */
  readonly sortText?: (row: T) => string
  /** Share of the width; 1 when left out. A text is CSS: `80px`. */
  readonly width?: number | string
  /** Shown from this width of the table up, pixels; always when left out. */
  readonly from?: number
}

interface DataTableProps<T> {
  /** What the table holds, for screen readers: `Virtual machines`. */
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly keyOf: (row: T) => string
  /** Said in place of rows. */
  readonly empty: ReactNode
  /** Takes the height that is left, and scrolls by itself; else it is as high as its rows, and never above 60 % of the window. */
  readonly fill?: boolean
}

/** A table of any length: only rows in sight are in the page, and `aria-rowcount` says how many there are. */
export function DataTable<T>({ label, columns, rows, keyOf, empty, fill = false }: DataTableProps<T>) {
  const styles = useStyles()
  const frame = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(frame)
  const [scrolled, setScrolled] = useState(0)
  const [sorting, setSorting] = useState<Sorting | undefined>(undefined)
  // Sorting ten thousand rows may lag behind a letter that is being typed.
  const given = useDeferredValue(rows)
  const sorted = useMemo(() => {
    const textOf = columns.find(({ name }) => name === sorting?.column)?.sortText
    return sorting && textOf ? sortRows(given, textOf, sorting.descending) : given
  }, [given, columns, sorting])
  const shown = useMemo(() => columns.filter(({ from = 0 }) => width >= from), [columns, width])
  const template = shown.map(({ width: share = 1 }) => (typeof share === 'number' ? `minmax(0, ${share}fr)` : share)).join(' ')
  const { first, end } = rowWindow(sorted.length, scrolled, height, rowHeight)
  return (
    <div
      ref={frame}
      className={mergeClasses(styles.table, fill && styles.fill)}
      style={fill ? undefined : { maxHeight: '60vh' }}
      role="table"
      aria-label={label}
      aria-rowcount={sorted.length + 1}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
      tabIndex={0}
      onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
    >
      <div role="rowgroup">
        <div
          role="row"
          aria-rowindex={1}
          className={mergeClasses(styles.row, styles.head)}
          style={{ gridTemplateColumns: template }}
        >
          {shown.map((column) => (
            <Head key={column.name} column={column} sorting={sorting} onSort={setSorting} />
          ))}
        </div>
      </div>
      {sorted.length === 0 && <div className={styles.empty}>{empty}</div>}
      <div role="rowgroup" style={{ paddingTop: first * rowHeight, paddingBottom: (sorted.length - end) * rowHeight }}>
        {sorted.slice(first, end).map((row, index) => (
          <Row key={keyOf(row)} row={row} place={first + index + 2} columns={shown} template={template} />
        ))}
      </div>
    </div>
  )
}

interface RowProps<T> {
  readonly row: T
  /** Its number in the whole table, the head being 1. */
  readonly place: number
  readonly columns: readonly Column<T>[]
  readonly template: string
}

function TableRow<T>({ row, place, columns, template }: RowProps<T>) {
  const styles = useStyles()
  return (
    <div role="row" aria-rowindex={place} className={styles.row} style={{ gridTemplateColumns: template }}>
      {columns.map(({ name, render }) => (
        <div key={name} role="cell" className={styles.cell}>
          {render(row)}
        </div>
      ))}
    </div>
  )
}

/** Drawn once and not again while the table is scrolled. */
const Row = memo(TableRow) as typeof TableRow

interface HeadProps<T> {
  readonly column: Column<T>
  readonly sorting: Sorting | undefined
  readonly onSort: (sorting: Sorting) => void
}

function Head<T>({ column: { name, sortText }, sorting, onSort }: HeadProps<T>) {
  const styles = useStyles()
  const isSorted = sorting?.column === name
  const direction = !isSorted ? 'none' : sorting.descending ? 'descending' : 'ascending'
  return (
    <div role="columnheader" className={styles.cell} {...(sortText && { 'aria-sort': direction })}>
      {sortText ? (
        <button
          type="button"
          className={styles.sort}
          onClick={() => onSort({ column: name, descending: isSorted && !sorting.descending })}
        >
          {name}
          <span aria-hidden>{direction === 'ascending' ? ' ↑' : direction === 'descending' ? ' ↓' : ''}</span>
        </button>
      ) : (
        name
      )}
    </div>
  )
}

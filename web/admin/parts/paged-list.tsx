import type { ReactNode } from 'react'
import { Loading } from '../../parts/loading.tsx'
import { Failure } from './answered.tsx'
import { MoreButton } from './more-button.tsx'
import type { Pages } from './use-pages.ts'

type PagedListProps<Row> = {
  pages: Pages<Row>
  /** What is said where there is nothing. */
  empty: string
  idOf: (row: Row) => string
  children: (row: Row, again: () => void) => ReactNode
}

/** A list with what follows of it on demand. */
export const PagedList = <Row,>({ pages, empty, idOf, children }: PagedListProps<Row>) => {
  if (pages.status === 'loading') return <Loading />
  if (pages.status === 'failed') return <Failure error={pages.error} retry={pages.retry} />
  const { rows, more, again } = pages
  if (rows.length === 0) return <p className="empty">{empty}</p>
  return (
    <>
      <ul className="admin-rows">
        {rows.map((row) => (
          <li key={idOf(row)}>{children(row, again)}</li>
        ))}
      </ul>
      {more === null ? null : <MoreButton more={more} />}
    </>
  )
}

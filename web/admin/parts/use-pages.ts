import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError } from '../../../client/index.ts'
import { type Action, useAction } from '../../parts/use-action.ts'

export type Page<Row> = { rows: readonly Row[]; next: string | null }
type ReadPage<Row> = (cursor: string | undefined) => Promise<Page<Row>>

export type Pages<Row> =
  | { status: 'loading' }
  | { status: 'failed'; error: ApiError; retry: () => void }
  /** `more` is null at the end. */
  | { status: 'ready'; rows: readonly Row[]; more: Action<[]> | null; again: () => void }

/** Reads on where a page is empty although others follow it, until something comes or the end. */
export const readOn = async <Row>(
  read: ReadPage<Row>,
  cursor: string | undefined,
  isWanted: () => boolean,
): Promise<Page<Row>> => {
  let page = await read(cursor)
  while (page.rows.length === 0 && page.next !== null && isWanted()) page = await read(page.next)
  return page
}

type Known<Row> = { key: string; page: Page<Row> } | { key: string; error: ApiError }

/** A list that comes in pages. It begins anew where `key`, which says what is asked for, is another. */
export const usePages = <Row>(key: string, read: ReadPage<Row>): Pages<Row> => {
  const [known, setKnown] = useState<Known<Row> | null>(null)
  const [turn, setTurn] = useState(0)
  const latest = useRef(read)
  latest.current = read
  const wanted = useRef(key)
  wanted.current = key

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn asks again
  useEffect(() => {
    let isCurrent = true
    readOn(latest.current, undefined, () => isCurrent).then(
      (page) => isCurrent && setKnown({ key, page }),
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error
        if (isCurrent) setKnown({ key, error })
      },
    )
    return () => {
      isCurrent = false
    }
  }, [key, turn])

  const reading = useAction(async () => {
    if (known === null || 'error' in known || known.page.next === null) return
    const isWanted = () => wanted.current === known.key
    const { rows, next } = await readOn(latest.current, known.page.next, isWanted)
    if (isWanted()) setKnown({ key: known.key, page: { rows: [...known.page.rows, ...rows], next } })
  })
  const again = useCallback(() => setTurn((before) => before + 1), [])
  const retry = useCallback(() => {
    setKnown(null)
    again()
  }, [again])
  if (known === null || known.key !== key) return { status: 'loading' }
  if ('error' in known) return { status: 'failed', error: known.error, retry }
  return { status: 'ready', rows: known.page.rows, more: known.page.next === null ? null : reading, again }
}

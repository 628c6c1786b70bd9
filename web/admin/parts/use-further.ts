import { useState } from 'react'
import { type Action, useAction } from '../../parts/use-action.ts'
import { type Page, readOn } from './use-pages.ts'

/** A list whose first page came with something else, and what follows of it on demand. `more` is null at the end. */
export const useFurther = <Row>(
  first: Page<Row>,
  read: (cursor: string) => Promise<Page<Row>>,
): { rows: readonly Row[]; more: Action<[]> | null } => {
  const [known, setKnown] = useState({ of: first.rows, page: first })
  // The first page was read anew.
  if (known.of !== first.rows) setKnown({ of: first.rows, page: first })
  const reading = useAction(async () => {
    const { of, page } = known
    if (page.next === null) return
    const further = await readOn(
      (cursor) => read(cursor ?? ''),
      page.next,
      () => true,
    )
    const grown = { rows: [...page.rows, ...further.rows], next: further.next }
    setKnown((before) => (before.of === of ? { of, page: grown } : before))
  })
  return { rows: known.page.rows, more: known.page.next === null ? null : reading }
}

import { useEffect } from 'react'

const NAME = 'StreamIt'

/** What the browser's tab is called while the room is open: what plays, then the room, as far as they are known. */
export const useTabTitle = (parts: readonly (string | null)[]): void => {
  const known = parts.filter((part) => part !== null && part !== '')
  const title = [...known, NAME].join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}

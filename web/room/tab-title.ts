import { useEffect } from 'react'

const NAME = 'StreamIt'

let named = NAME
let unseen = 0

const write = (): void => {
  document.title = unseen > 0 ? `(${unseen}) ${named}` : named
}

/** What the browser's tab is called while the room is open: what plays, then the room, as far as they are known. */
export const useTabTitle = (parts: readonly (string | null)[]): void => {
  const known = parts.filter((part) => part !== null && part !== '')
  const title = [...known, NAME].join(' · ')
  useEffect(() => {
    named = title
    write()
  }, [title])
}

/** How much there is to see in the room that nobody here has seen, before the tab's title. */
export const useTabCount = (count: number): void => {
  useEffect(() => {
    unseen = count
    write()
    // The next page names the tab itself.
    return () => {
      unseen = 0
    }
  }, [count])
}

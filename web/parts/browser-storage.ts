import { unlessRefused } from './unless-refused.ts'

type BrowserStorage = {
  read: (key: string) => string | null
  /** Whether it outlasts the page. */
  keep: (key: string, value: string | null) => boolean
}

/**
 * What the browser keeps for this page. Where it keeps nothing, because cookies are blocked or the disk is full, the page
 * remembers it for as long as it is open.
 */
const storageIn = (area: () => Storage | null): BrowserStorage => {
  const remembered = new Map<string, string | null>()
  const store = (key: string, value: string | null): boolean => {
    const storage = area()
    if (value === null) storage?.removeItem(key)
    else storage?.setItem(key, value)
    return storage !== null
  }
  return {
    read: (key) => {
      const own = remembered.get(key)
      if (own !== undefined) return own
      return unlessRefused(
        () => area()?.getItem(key) ?? null,
        () => null,
      )
    },
    keep: (key, value) => {
      const isStored = unlessRefused(
        () => store(key, value),
        () => false,
      )
      if (isStored) remembered.delete(key)
      else remembered.set(key, value)
      return isStored
    },
  }
}

/** For this person, in every tab. Android's web views have none where it is switched off. */
export const lasting = storageIn(() => globalThis.localStorage)
/** For this tab, over a reload. */
export const ofThisTab = storageIn(() => globalThis.sessionStorage)

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { createStore, type WritableStore } from '../../client/store.ts'
import type { ActivityLine } from './chat/activity.ts'
import type { RoleHappening } from './chat/happenings.ts'
import type { MediaStatus } from './stage/use-media.ts'

/** What parts of the room's page tell each other and the server does not know. */
export type PageState = {
  /** How the video on the stage gets on here. */
  media: MediaStatus
  /** A guest has tried to play, pause or move the video, and is told who does that. Once: `told` after it. */
  drivingNote: 'none' | 'shown' | 'told'
  /** What has happened here since this page came, the newest last. */
  activity: readonly ActivityLine[]
  /** The last change of what this person may do here; null before one. */
  ownRole: RoleHappening | null
  /** What became of this person's question for a pause, in words; null once it was read. */
  askedPause: string | null
  /** The host has taken the offer of the room back here, so that its end is no news. */
  isOfferTakenBack: boolean
  /** Whom this person removed or declined just now, so that it can be undone at once. */
  undoable: Undoable | null
}

export type Undoable = { how: 'kick' | 'reject'; people: readonly { id: string; name: string }[] }

const beginning: PageState = {
  ...{ media: 'none', drivingNote: 'none', activity: [], ownRole: null },
  ...{ askedPause: null, isOfferTakenBack: false, undoable: null },
}

const PageStateContext = createContext<WritableStore<PageState> | null>(null)

export const PageStateProvider = ({ children }: { children: ReactNode }) => {
  const [store] = useState(() => createStore(beginning))
  return <PageStateContext value={store}>{children}</PageStateContext>
}

export const usePageStore = (): WritableStore<PageState> => {
  const store = useContext(PageStateContext)
  if (store === null) throw new Error('usePageStore needs a PageStateProvider above it.')
  return store
}

/** One part of it, as `useRoomState` gives one of the room's. */
export const usePageState = <T,>(select: (state: PageState) => T): T => {
  const store = usePageStore()
  return useSyncExternalStore(store.subscribe, () => select(store.get()))
}

/** Tells the rest of the page how the video gets on. */
export const useToldMedia = (media: MediaStatus): void => {
  const store = usePageStore()
  useEffect(() => store.update((state) => ({ ...state, media })), [store, media])
}

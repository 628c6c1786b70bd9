import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { lasting } from '../parts/browser-storage.ts'
import { useIsFullscreen } from './fullscreen.ts'
import { useRoomState } from './room-context.tsx'

export type Tab = 'chat' | 'people'

type RoomView = {
  tab: Tab
  showTab: (tab: Tab) => void
  /** The panel is out of the way. The browser remembers it for the next room. */
  isFolded: boolean
  fold: (isFolded: boolean) => void
  isTheatre: boolean
  setTheatre: (isTheatre: boolean) => void
  /** The film has the whole room, and the chat lies over it: in full screen and in theatre mode. */
  isCinema: boolean
  /** Brings the chat up, wherever it is, with the cursor in its field. */
  openChat: () => void
}

const KEPT_AS = 'streamit.panel'
const RoomViewContext = createContext<RoomView | null>(null)

export const RoomViewProvider = ({ children }: { children: ReactNode }) => {
  const [tab, showTab] = useState<Tab>('chat')
  const [isFolded, setFolded] = useState(() => lasting.read(KEPT_AS) === 'folded')
  const [wantsTheatre, setTheatre] = useState(false)
  const isFullscreen = useIsFullscreen()
  // Its way out is among the controls, which are there for a video only.
  const hasMedia = useRoomState(({ media }) => media !== null)
  const isTheatre = wantsTheatre && hasMedia

  const view = useMemo(() => {
    const fold = (next: boolean) => {
      lasting.keep(KEPT_AS, next ? 'folded' : null)
      setFolded(next)
    }
    const openChat = () => {
      // Drawn at once: what is hidden cannot take the focus.
      flushSync(() => {
        showTab('chat')
        fold(false)
      })
      document.querySelector<HTMLElement>('[data-composer]')?.focus()
    }
    return { tab, showTab, isFolded, fold, isTheatre, setTheatre, isCinema: isFullscreen || isTheatre, openChat }
  }, [tab, isFolded, isTheatre, isFullscreen])
  return <RoomViewContext value={view}>{children}</RoomViewContext>
}

/** How this person has arranged the room on their screen. */
export const useRoomView = (): RoomView => {
  const view = useContext(RoomViewContext)
  if (view === null) throw new Error('useRoomView needs a RoomViewProvider above it.')
  return view
}

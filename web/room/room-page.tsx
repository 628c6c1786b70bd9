import { useState } from 'react'
import type { RoomSession } from '../../client/index.ts'
import type { Person } from '../account/account-store.ts'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import { strings } from '../strings/strings.ts'
import '../styles/room.css'
import '../styles/controls.css'
import '../styles/panel.css'
import '../styles/writing.css'
import '../styles/cinema.css'
import { AnnouncerProvider } from './announcer.tsx'
import { BrokenPart } from './broken-part.tsx'
import { Narrator } from './narrator.tsx'
import { useNowPlaying } from './now-playing.tsx'
import { OutdatedNote } from './outdated-note.tsx'
import { Panel } from './panel.tsx'
import { RoomProvider, useRoomState } from './room-context.tsx'
import { RoomHeader } from './room-header.tsx'
import { RoomViewProvider, useRoomView } from './room-view.tsx'
import { Stage } from './stage/stage.tsx'
import { useTabTitle } from './tab-title.ts'
import { useWakeUps } from './use-wake-ups.ts'

type RoomPageProps = { code: string; session: RoomSession; person: Person }

export const RoomPage = ({ code, session, person }: RoomPageProps) => {
  const [room, setRoom] = useState({ code, session, person })
  if (room.session !== session || room.person !== person || room.code !== code) setRoom({ code, session, person })
  return (
    <RoomProvider value={room}>
      <AnnouncerProvider>
        <RoomViewProvider>
          <RoomLayout />
        </RoomViewProvider>
      </AnnouncerProvider>
    </RoomProvider>
  )
}

const RoomLayout = () => {
  const [element, setElement] = useState<HTMLVideoElement | null>(null)
  const title = useRoomState(
    (state) => state.room?.name ?? (state.room === null ? null : strings.roomOf(state.room.host)),
  )
  useTabTitle([useNowPlaying(), title])
  useWakeUps()
  const { isCinema, isFolded } = useRoomView()
  return (
    <div className="room" data-cinema={isCinema} data-folded={isFolded}>
      <RoomHeader title={title ?? ''} element={element} />
      <OutdatedNote />
      <main className="room-main">
        <ErrorBoundary instead={(_, retry) => <BrokenPart part="stage" retry={retry} />}>
          <Stage onElement={setElement} element={element} />
        </ErrorBoundary>
        <ErrorBoundary instead={(_, retry) => <BrokenPart part="panel" retry={retry} />}>
          <Panel />
        </ErrorBoundary>
      </main>
      <Narrator />
    </div>
  )
}

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { mayDo, type Right, type Role, type RoomSession, type RoomState, roleOf } from '../../client/index.ts'
import type { Person } from '../account/account-store.ts'
import { PageStateProvider } from './page-state.tsx'

export type Room = { code: string; session: RoomSession; person: Person }

const RoomContext = createContext<Room | null>(null)

export const RoomProvider = ({ value, children }: { value: Room; children: ReactNode }) => (
  <RoomContext value={value}>
    <PageStateProvider>{children}</PageStateProvider>
  </RoomContext>
)

export const useRoom = (): Room => {
  const room = useContext(RoomContext)
  if (room === null) throw new Error('useRoom needs a RoomProvider above it.')
  return room
}

/** One part of the room's state. `select` gives the same value for the same part, so that nothing is drawn for nothing. */
export const useRoomState = <T,>(select: (state: RoomState) => T): T => {
  const { session } = useRoom()
  return useSyncExternalStore(session.store.subscribe, () => select(session.store.get()))
}

export const useRole = (userId: string): Role => useRoomState((state) => roleOf(state, userId))

export const useIsHost = (): boolean => useRole(useRoom().person.id) === 'host'

export const useMayDo = (right: Right): boolean => {
  const { person } = useRoom()
  return useRoomState((state) => mayDo(state, person.id, right))
}

export const useHostName = (): string => useRoomState((state) => state.room?.host ?? '')

export const isHostPresent = (state: RoomState): boolean =>
  state.people.list.some(({ user_id }) => roleOf(state, user_id) === 'host')

/** Somebody who reloads the page is not away. */
const RELOADED_WITHIN_MS = 3_000

/** The host has no socket open: what is theirs alone nobody does. Unknown while this person is not connected. */
export const useIsHostAway = (): boolean => {
  const isMissing = useRoomState(
    (state) =>
      state.connection.status === 'open' && state.playback !== null && state.room !== null && !isHostPresent(state),
  )
  const [isAway, setAway] = useState(false)
  useEffect(() => {
    if (!isMissing) return setAway(false)
    const timer = setTimeout(() => setAway(true), RELOADED_WITHIN_MS)
    return () => clearTimeout(timer)
  }, [isMissing])
  return isAway
}

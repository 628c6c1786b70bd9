import { driversHere } from './drivers.ts'
import { useHostName, useIsHostAway, useRoomState } from './room-context.tsx'

/** The names of those here who drive; the host's where nobody of them is. */
export const useDriverNames = (): readonly string[] => {
  const people = useRoomState((state) => state.people)
  const room = useRoomState((state) => state.room)
  const host = useHostName()
  const here = driversHere({ people, room })
  return here.length === 0 ? [host] : here
}

/** The host is away, and no co-host is here. */
export const useIsNobodyHere = (): boolean => {
  const isAway = useIsHostAway()
  const isNobody = useRoomState((state) => driversHere(state).length === 0)
  return isAway && isNobody
}

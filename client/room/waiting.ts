import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Member } from './members.ts'
import type { RoomState } from './room-state.ts'

/** Those who wait as the room's state has them; the list held where it says the same. */
export const requestsOf = (waiting: readonly Member[], held: RoomState['requests']): RoomState['requests'] => {
  const requests = waiting.map(({ id, display_name }) => ({ user: display_name, user_id: id }))
  const isSame = requests.length === held.length && requests.every(({ user_id }, at) => user_id === held[at]?.user_id)
  return isSame ? held : requests
}

/** Counts what is heard of those who wait, and says whether a PONG knows of more. */
export const createWaitingHeard = () => {
  let heard: number | null = null
  return (event: ServerEvent): boolean => {
    if (event.type === 'JOIN_REQUESTED' || event.type === 'JOIN_RESOLVED') {
      if (heard !== null && event.revision === heard + 1) heard = event.revision
      return false
    }
    const waiting = event.type === 'PONG' ? event.revisions?.waiting : undefined
    if (waiting === undefined) return false
    const isMissed = heard !== null && waiting > heard
    heard = waiting
    return isMissed
  }
}

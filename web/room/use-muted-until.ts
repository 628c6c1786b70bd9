import { useEffect, useState } from 'react'
import { useRoom, useRoomState } from './room-context.tsx'
import { serverNow } from './server-now.ts'

/** The server's clock is known better with every PING: the end of a mute is not left to one timer. */
const LOOKS_EVERY_MS = 500

/** Whether an instant, in epoch milliseconds, is still to come by the server's clock; null never is. */
export const useIsAhead = (until: number | null): boolean => {
  const { session } = useRoom()
  const [isAhead, setAhead] = useState(() => until !== null && until > serverNow(session))
  useEffect(() => {
    const look = () => setAhead(until !== null && until > serverNow(session))
    look()
    if (until === null) return
    const timer = setInterval(look, LOOKS_EVERY_MS)
    return () => clearInterval(timer)
  }, [until, session])
  return isAhead
}

/** Until when this person may not write, epoch milliseconds; null where they may, also once the time is over. */
export const useMutedUntil = (): number | null => {
  const until = useRoomState(({ mutedUntil }) => mutedUntil)
  return useIsAhead(until) ? until : null
}

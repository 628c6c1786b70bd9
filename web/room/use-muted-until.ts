import { useEffect, useState } from 'react'
import { useRoom, useRoomState } from './room-context.tsx'
import { serverNow } from './server-now.ts'

/** The server's clock is known better with every PING: the end of a mute is not left to one timer. */
const LOOKS_EVERY_MS = 500

/** Until when this person may not write, epoch milliseconds; null where they may, also once the time is over. */
export const useMutedUntil = (): number | null => {
  const { session } = useRoom()
  const until = useRoomState(({ mutedUntil }) => mutedUntil)
  const [over, setOver] = useState<number | null>(null)
  useEffect(() => {
    if (until === null) return
    const look = () => setOver(until <= serverNow(session) ? until : null)
    look()
    const timer = setInterval(look, LOOKS_EVERY_MS)
    return () => clearInterval(timer)
  }, [until, session])
  return until === over ? null : until
}

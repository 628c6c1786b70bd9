import { useEffect, useState } from 'react'
import { useRoom, useRoomState } from './room-context.tsx'

export type Unread = { count: number /** The first message that has not been seen. */; firstId: string | null }

const isPageVisible = () => document.visibilityState === 'visible'

/** What came while the end of the chat was out of sight, or the page was. Own messages and history count as read. */
export const useUnread = (isEndInSight: boolean): Unread => {
  const { person } = useRoom()
  const messages = useRoomState((state) => state.messages)
  const newest = messages.at(-1)?.id ?? null
  const [isVisible, setVisible] = useState(isPageVisible)
  const [readUntil, setReadUntil] = useState<string | null>(null)
  const isReading = isEndInSight && isVisible

  useEffect(() => {
    const look = () => setVisible(isPageVisible())
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  useEffect(() => {
    if (newest !== null && (isReading || readUntil === null)) setReadUntil(newest)
  }, [isReading, newest, readUntil])

  if (isReading || readUntil === null) return { count: 0, firstId: null }
  const unread = messages.filter(({ id, user_id }) => id > readUntil && user_id !== person.id)
  return { count: unread.length, firstId: unread[0]?.id ?? null }
}

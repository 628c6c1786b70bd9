import { useEffect, useState } from 'react'
import { useRoom, useRoomState } from '../room-context.tsx'
import { useTabCount } from '../tab-title.ts'

export type Unread = {
  count: number /** The first message that has not been seen, or had not when the person came back to them. */
  firstId: string | null
}

const isPageVisible = () => document.visibilityState === 'visible'

/** What came while the end of the chat was out of sight, or the page was. Own messages and history count as read. */
export const useUnread = (isEndInSight: boolean): Unread => {
  const { person } = useRoom()
  const messages = useRoomState((state) => state.messages)
  // The greeting's last word is where the video is.
  const isGreeted = useRoomState((state) => state.playback !== null)
  // Who stands at the door is news for as long as they stand there.
  const waiting = useRoomState((state) => state.requests.length)
  const newest = messages.at(-1)?.id ?? ''
  const [isVisible, setVisible] = useState(isPageVisible)
  const [readUntil, setReadUntil] = useState<string | null>(null)
  const [firstId, setFirstId] = useState<string | null>(null)
  const isReading = isEndInSight && isVisible

  useEffect(() => {
    const look = () => setVisible(isPageVisible())
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  useEffect(() => {
    // What the greeting brought, be it nothing, is history.
    if (isGreeted && (isReading || readUntil === null)) setReadUntil(newest)
  }, [isGreeted, isReading, newest, readUntil])

  const unread =
    isReading || readUntil === null ? [] : messages.filter(({ id, user_id }) => id > readUntil && user_id !== person.id)
  const first = unread[0]?.id
  // Stays while they are read, or it would be gone before it was seen; until the next that are not.
  useEffect(() => {
    if (first !== undefined) setFirstId(first)
  }, [first])
  useTabCount(unread.length + waiting)
  return { count: unread.length, firstId: first ?? firstId }
}

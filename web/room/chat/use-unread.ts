import { useEffect, useState } from 'react'
import { useRoom, useRoomState } from '../room-context.tsx'
import { useTabCount } from '../tab-title.ts'

export type Unread = {
  count: number
  /** The first unread message. It stays marked while the person reads on, until newer messages go unread. */
  firstId: string | null
}

const isPageVisible = () => document.visibilityState === 'visible'

/** The messages that arrived while the end of the chat, or the page, was out of sight. Own messages and history count as read. */
export const useUnread = (isEndInSight: boolean): Unread => {
  const { person } = useRoom()
  const messages = useRoomState((state) => state.messages)
  // The state of playback is the last frame of a greeting.
  const isGreeted = useRoomState((state) => state.playback !== null)
  // Everybody who waits to be let in counts until the host has answered.
  const waiting = useRoomState((state) => state.requests.length)
  const newest = messages.at(-1)?.id ?? ''
  const [isVisible, setVisible] = useState(isPageVisible)
  const [readUntil, setReadUntil] = useState<string | null>(null)
  const [firstId, setFirstId] = useState<string | null>(null)
  const isReading = isEndInSight && isVisible

  useEffect(() => {
    const readVisibility = () => setVisible(isPageVisible())
    document.addEventListener('visibilitychange', readVisibility)
    return () => document.removeEventListener('visibilitychange', readVisibility)
  }, [])
  useEffect(() => {
    // The messages of the greeting are history, also where there were none.
    if (isGreeted && (isReading || readUntil === null)) setReadUntil(newest)
  }, [isGreeted, isReading, newest, readUntil])

  const unread =
    isReading || readUntil === null ? [] : messages.filter(({ id, user_id }) => id > readUntil && user_id !== person.id)
  const first = unread[0]?.id
  // Kept while the messages are read, or the mark would be gone before it was seen.
  useEffect(() => {
    if (first !== undefined) setFirstId(first)
  }, [first])
  useTabCount(unread.length + waiting)
  return { count: unread.length, firstId: first ?? firstId }
}

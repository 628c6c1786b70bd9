import { useEffect, useRef } from 'react'
import { strings } from '../strings/strings.ts'
import { useAnnounce } from './announcer.tsx'
import { useActivity } from './chat/use-activity.ts'
import { useCalls } from './notices/use-calls.ts'
import { useRoom, useRoomState } from './room-context.tsx'

/** The value of the render before, undefined at first. */
const usePrevious = <T,>(value: T): T | undefined => {
  const previous = useRef<T>(undefined)
  useEffect(() => {
    previous.current = value
  })
  return previous.current
}

/** Tells screen readers what others see happen: who comes and goes, what is said, what the video does. */
export const Narrator = () => {
  useActivity()
  useCalls()
  const announce = useAnnounce()
  const { person } = useRoom()
  const messages = useRoomState((state) => state.messages)
  const requests = useRoomState((state) => state.requests)
  const status = useRoomState((state) => state.connection.status)
  const newerUntil = useRoomState((state) => state.newerUntil)
  const before = usePrevious({ messages, requests, status, newerUntil })

  useEffect(() => {
    // What a greeting brings has not just happened: neither the first one nor the one after a lost line is announced.
    if (before === undefined || before.status !== 'open' || status !== 'open') return
    const newest = before.messages.at(-1)?.id ?? ''
    // Neither are those that somebody reads on with after scrolling back.
    const isRead = before.newerUntil !== null
    for (const { id, user, user_id, message } of messages)
      if (!isRead && id > newest && user_id !== person.id) announce(strings.narrator.said(user, message))
    for (const { user, user_id } of requests)
      if (!before.requests.some((each) => each.user_id === user_id)) announce(strings.narrator.asked(user))
  })
  const wasOpen = useRef(false)
  useEffect(() => {
    if (before === undefined || before.status === status) return
    // Entering for the first time is no return.
    if (status === 'open' && wasOpen.current) announce(strings.connection.back)
    if (before.status === 'open') announce(strings.connection.lost)
    wasOpen.current ||= status === 'open'
  })
  return null
}

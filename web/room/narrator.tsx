import { useEffect, useRef } from 'react'
import { strings } from '../strings/strings.ts'
import { useAnnounce } from './announcer.tsx'
import { formatTime } from './format-time.ts'
import { useHostName, useIsHost, useRoom, useRoomState } from './room-context.tsx'

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
  const announce = useAnnounce()
  const { person } = useRoom()
  const isHost = useIsHost()
  const host = useHostName()
  const people = useRoomState((state) => state.people.list)
  const messages = useRoomState((state) => state.messages)
  const playback = useRoomState((state) => state.playback)
  const requests = useRoomState((state) => state.requests)
  const status = useRoomState((state) => state.connection.status)
  const before = usePrevious({ people, messages, playback, requests, status })

  useEffect(() => {
    // The first greeting, and the one after a lost line, are no news.
    if (before === undefined || before.status !== 'open' || status !== 'open') return
    if (before.people !== people && before.people.length > 0) {
      const was = new Set(before.people.map(({ user_id }) => user_id))
      const is = new Set(people.map(({ user_id }) => user_id))
      for (const { user_id, name } of people) if (!was.has(user_id)) announce(strings.narrator.joined(name))
      for (const { user_id, name } of before.people) if (!is.has(user_id)) announce(strings.narrator.left(name))
    }
    const newest = before.messages.at(-1)?.id ?? ''
    for (const { id, user, user_id, message } of messages)
      if (id > newest && user_id !== person.id) announce(strings.narrator.said(user, message))
    if (playback !== null && before.playback !== null && playback !== before.playback && !isHost) {
      if (playback.is_playing && !before.playback.is_playing) announce(strings.narrator.played(host))
      else if (!playback.is_playing && before.playback.is_playing) announce(strings.narrator.paused(host))
      else announce(strings.narrator.sought(host, formatTime(playback.time)))
    }
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

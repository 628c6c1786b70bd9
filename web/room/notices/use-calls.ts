import { useEffect, useRef } from 'react'
import type { RoomState } from '../../../client/index.ts'
import { strings } from '../../strings/strings.ts'
import { useMayDo, useRoom } from '../room-context.tsx'
import { usePreference } from '../settings/preferences.ts'
import { chime } from './chime.ts'
import { isMentioned } from './mention.ts'
import { notify } from './notifications.ts'

type Call = { kind: 'door' | 'mention'; text: string }

/** New requests to be let in, and new messages with this person's name, between two states. */
const callsBetween = (before: RoomState, after: RoomState, person: { id: string; name: string }): Call[] => {
  const calls: Call[] = []
  for (const { user, user_id } of after.requests)
    if (!before.requests.some((each) => each.user_id === user_id))
      calls.push({ kind: 'door', text: strings.requests.asks(user) })
  const newest = before.messages.at(-1)?.id ?? ''
  // The messages of the first greeting were said before, and those that somebody reads on with after scrolling back.
  if (before.messages === after.messages || before.playback === null || before.newerUntil !== null) return calls
  for (const { id, user, user_id, message } of after.messages)
    if (id > newest && user_id !== person.id && isMentioned(message, person.name))
      calls.push({ kind: 'mention', text: strings.narrator.said(user, message) })
  return calls
}

/**
 * Calls the person's attention to a request to be let in and to their own name. A sound for the door always,
 * for a name and for both as a notification only while the page is hidden.
 */
export const useCalls = (): void => {
  const { session, person } = useRoom()
  const mayModerate = useMayDo('moderate')
  const sound = usePreference('sound')
  const notification = usePreference('notification')
  const latest = useRef({ mayModerate, sound, notification, person })
  latest.current = { mayModerate, sound, notification, person }

  useEffect(() => {
    let before = session.store.get()
    return session.store.subscribe(() => {
      const [earlier, after] = [before, session.store.get()]
      // First: a call that cannot be told must not stand in the way of the next.
      before = after
      const { mayModerate: mayModerateNow, ...wants } = latest.current
      const name = after.people.list.find(({ user_id }) => user_id === wants.person.id)?.name ?? wants.person.name
      const calls = callsBetween(earlier, after, { id: wants.person.id, name })
      const isHidden = document.visibilityState === 'hidden'
      for (const { kind, text } of calls) {
        if (kind === 'door' && !mayModerateNow) continue
        if (wants.sound && (kind === 'door' || isHidden)) chime()
        if (wants.notification && isHidden) notify(after.room?.name ?? strings.roomOf(after.room?.host ?? ''), text)
      }
    })
  }, [session])
}

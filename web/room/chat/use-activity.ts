import { useEffect, useRef } from 'react'
import { strings } from '../../strings/strings.ts'
import { useAnnounce } from '../announcer.tsx'
import { formatTime } from '../format-time.ts'
import { usePageStore } from '../page-state.tsx'
import { useRoom } from '../room-context.tsx'
import { serverNow } from '../server-now.ts'
import { withLine } from './activity.ts'
import { chatBetween } from './chat-happenings.ts'
import { type Happening, happenedBetween } from './happenings.ts'
import { isAboutRoles, isOwnChange, rolesBetween } from './role-happenings.ts'
import { roleSentence } from './role-sentence.ts'

/** What a screen reader says of it: null for one's own commands to the video. */
const announced = (what: Happening, isOwn: boolean): string | null => {
  switch (what.kind) {
    case 'joined':
    case 'left':
      return strings.narrator[what.kind](what.name)
    case 'renamed':
      return strings.activity.renamed(what.former, what.name)
    case 'handedOver':
    case 'appointed':
    case 'dismissed':
    case 'control':
      return roleSentence(what)
    case 'cleared':
      return strings.activity.cleared
    case 'slowed':
      return strings.activity.slowed(what.seconds)
    case 'removed':
      return strings.activity.removed(what.isByHost)
    case 'changed':
      return isOwn ? null : strings.activity.changed(what.name, what.title)
    case 'sought':
      return isOwn ? null : strings.narrator.sought(what.name, formatTime(what.time))
    case 'played':
    case 'paused':
      return isOwn ? null : strings.narrator[what.kind](what.name)
    default:
      return what satisfies never
  }
}

/** Notes what happens in the room, for the lines between the messages, and tells screen readers. */
export const useActivity = (): void => {
  const { session, person } = useRoom()
  const page = usePageStore()
  const announce = useAnnounce()
  const latest = useRef(announce)
  latest.current = announce
  const count = useRef(0)

  useEffect(() => {
    let before = session.store.get()
    return session.store.subscribe(() => {
      const after = session.store.get()
      const isNews = before.connection.status === 'open' && after.connection.status === 'open'
      const happened = isNews
        ? [
            ...happenedBetween(before, after),
            ...rolesBetween(before, after, person.id),
            ...chatBetween(before, after, person.id),
          ]
        : []
      const isOwn = isNews && isOwnChange(before, after, person.id)
      before = after
      for (const what of happened) {
        count.current += 1
        const line = { id: count.current, at: serverNow(session), what }
        page.update((state) => ({ ...state, activity: withLine(state.activity, line) }))
        if (isOwn && isAboutRoles(what)) page.update((state) => ({ ...state, ownRole: what }))
        const text = announced(what, after.commandedBy === person.id)
        if (text !== null) latest.current(text)
      }
    })
  }, [session, page, person])
}

import { DECISIONS_PER_PAGE, MEMBERS_PER_PAGE, MESSAGES_PER_PAGE } from '../../../protocol/limits.ts'
import { Refusal } from '../../../protocol/refusals.ts'
import { pickFacts } from '../../../protocol/room-facts.ts'
import { sinceCleared } from '../../domain/chat.ts'
import { isWaiting, type Member } from '../../domain/membership.ts'
import { catchUpFrame } from '../../domain/playback.ts'
import { isPresent, liveConnections, type Presence } from '../../domain/presence.ts'
import { shownMember } from '../../domain/shown-member.ts'
import { serve } from '../../middleware/route.ts'
import { allOf } from '../../table/all-of.ts'
import { decisionsIn } from '../../table/audit.ts'
import { membersIn, membersTogether, membersWith } from '../../table/member-lists.ts'
import { newestMessages } from '../../table/messages.ts'
import { presencesIn } from '../../table/presences.ts'
import { roomByCode } from '../../table/rooms.ts'
import { encodeCursor } from '../cursor.ts'
import { codeOf } from '../room-id.ts'
import { endOf, stateOf } from './shown-room.ts'

/** The latest that came first. */
const latestFirst = (one: Presence, other: Presence): number => (other.present_since ?? 0) - (one.present_since ?? 0)

const connected = (presence: Presence, now: number) => ({
  user_id: presence.user_id,
  name: presence.name,
  sockets: liveConnections(presence, now).map(({ since, seen }) => ({ since, seen })),
})

export const room = serve('admin/room', {
  load: ({ input, now }, { settings }) => {
    const code = codeOf(input.room_id)
    return allOf([
      roomByCode(code),
      presencesIn(code),
      membersIn(code, MEMBERS_PER_PAGE, undefined),
      membersWith(code, ['PENDING']),
      newestMessages(code, MESSAGES_PER_PAGE, { now, days: settings.MESSAGE_DAYS }),
      decisionsIn(code, DECISIONS_PER_PAGE, { now, days: settings.AUDIT_DAYS }, undefined),
    ])
  },
  act: async ({ now }, [found, presences, page, pending, newest, decided]) => {
    if (found === undefined) throw new Refusal('room_not_found')
    const here = presences.filter((one) => isPresent(one, now))
    const online = new Set(here.map(({ user_id }) => user_id))
    const { is_playing, time, version } = catchUpFrame(found, now)
    const shown = (one: Member) => shownMember(found, one, online.has(one.user_id), now)
    const waiting = pending.filter((one) => isWaiting(one, now)).sort((one, other) => one.status_at - other.status_at)
    const people = here.toSorted(latestFirst).slice(0, MEMBERS_PER_PAGE)
    const messages = sinceCleared(newest, found)
    const named = await membersTogether(
      [...new Set([...people, ...messages].map(({ user_id }) => user_id))].map((userId) => ({
        code: found.code,
        userId,
      })),
    )
    return {
      room: {
        room_id: found.code,
        code: found.code,
        ...pickFacts(found),
        revision: found.facts_revision,
        created_at: found.created_at,
        viewers: here.length,
        state: stateOf(found, here.length, now),
        active_at: found.active_at,
        idle_until: found.idle_until,
        ended_at: endOf(found, now),
      },
      playback: { is_playing, time, version },
      people: people.map((one) => connected(one, now)),
      waiting: waiting.slice(0, MEMBERS_PER_PAGE).map(shown),
      waiting_count: waiting.length,
      named: named.flatMap((one) => one ?? []).map(shown),
      members: page.members.map(shown),
      members_next: page.last === null ? null : encodeCursor(page.last),
      messages,
      decisions: decided.decisions,
    }
  },
})

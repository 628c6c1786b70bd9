import { isCommandType } from '../../protocol/event-types.ts'
import { pickFacts } from '../../protocol/room-facts.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import { remains } from './chat.ts'
import { catchUpFrame } from './playback.ts'
import { isPresent, type Presence, renamedEvents, timeOfLeave, userJoined, userLeft } from './presence.ts'
import { mediaLearned, type Room, roomUpdated } from './room.ts'

// The difference between what sockets were told and what is true, as ordinary frames: a client that reads only the
// given fields understands them.

/** Compared by what they say and not by their revision: a function of 0.1.0 changes facts without raising it. */
const factsOf = (room: Room): string => JSON.stringify(pickFacts(room))

/** What somebody who knows one state of a room has to hear to know a later one. Empty where that is nothing. */
export const roomDifference = (known: Room, latest: Room, now: number): ServerEvent[] => [
  ...(latest.version > known.version ? [catchUpFrame(latest, now)] : []),
  ...(factsOf(latest) === factsOf(known) ? [] : [roomUpdated(latest, now)]),
]

/** Those who are there, by their id. */
export const peopleIn = (presences: readonly Presence[], now: number): ReadonlyMap<string, Presence> =>
  new Map(presences.filter((one) => isPresent(one, now)).map((one) => [one.user_id, one]))

/** Those who left since `known`. Where the row of somebody is gone, nothing says any more when that was. */
export const leavesBetween = (
  known: ReadonlyMap<string, Presence>,
  latest: ReadonlyMap<string, Presence>,
  rows: readonly Presence[],
): ServerEvent[] =>
  [...known.values()]
    .filter(({ user_id }) => !latest.has(user_id))
    .map((one) => userLeft(one, timeOfLeave(rows.find(({ user_id }) => user_id === one.user_id) ?? one)))

/** Those who have another name since `known`. It is told as what came next after their coming: they may leave any moment. */
export const renamesBetween = (
  known: ReadonlyMap<string, Presence>,
  latest: ReadonlyMap<string, Presence>,
): ServerEvent[] =>
  [...latest.values()].flatMap((one) => {
    const former = known.get(one.user_id)?.name
    return former === undefined || former === one.name ? [] : renamedEvents(one, former, one.present_since ?? 0)
  })

/** Those who came since `known` was read, but before the instant `until`. */
export const joinsBetween = (
  known: ReadonlySet<string>,
  latest: ReadonlyMap<string, Presence>,
  until: number,
): ServerEvent[] =>
  [...latest.values()].flatMap((one) => {
    const since = one.present_since
    return known.has(one.user_id) || since === null || since >= until ? [] : [userJoined(one, since)]
  })

/**
 * An event that did not arrive, as it is to be told now: no event where it is not true any more. `removed` are the ids
 * of messages that are known to be removed.
 */
export const asOfNow = (
  event: ServerEvent,
  {
    room,
    presences,
    removed,
    now,
  }: { room: Room; presences: readonly Presence[]; removed?: ReadonlySet<string>; now: number },
): ServerEvent[] => {
  if (isCommandType(event.type)) return [catchUpFrame(room, now)]
  const nameNow = (userId: string) => peopleIn(presences, now).get(userId)?.name
  switch (event.type) {
    case 'CHAT_MESSAGE':
      return remains(event.id, room) && removed?.has(event.id) !== true ? [event] : []
    case 'ROOM_UPDATED':
      return [roomUpdated(room, now)]
    case 'MEDIA_LEARNED':
      return room.media?.url === event.url ? [mediaLearned(room.media, room.facts_revision)] : []
    case 'USER_JOINED':
      return nameNow(event.user_id) === event.user ? [event] : []
    case 'USER_LEFT':
      // Somebody who is here has not left. The first event of a renaming stays all the same: the former name is gone.
      return event.renamed === true || nameNow(event.user_id) === undefined ? [event] : []
    case 'JOIN_REQUESTED':
      // They may have been answered, and whoever still waits asks again in a moment.
      return []
    default:
      return [event]
  }
}

import type { ServerEvent } from '../../protocol/server-events.ts'
import { chatFrame, messageRemoved, sinceCleared } from '../domain/chat.ts'
import { earliestMessageId } from '../domain/ids.ts'
import { catchUpFrame } from '../domain/playback.ts'
import {
  isLeaveUntold,
  isPresent,
  isThoughtThere,
  liveConnections,
  type Presence,
  timeOfComing,
} from '../domain/presence.ts'
import { type Room, roomUpdated } from '../domain/room.ts'
import { UNTOLD_AFTER_MS, UNTOLD_WITHIN_MS } from '../domain/times.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { partsTold, tellEverybody } from '../fanout/tell-change.ts'
import { tellRoom } from '../fanout/tell-room.ts'
import { count } from '../metrics/tally.ts'
import { allOf } from '../table/all-of.ts'
import { type SavedMessage, savedMessagesAfter } from '../table/messages.ts'
import { presencesIn } from '../table/presences.ts'
import { removalsAfter } from '../table/removed-messages.ts'
import { noteAllTold, type ToldSoFar, toldSoFar } from '../table/revisions.ts'
import { roomByCode } from '../table/rooms.ts'
import { startPresence } from '../table/sockets.ts'
import { announceJoin } from './announce-join.ts'
import { endStaleBars } from './lose-role.ts'
import { tellRenamed } from './rename.ts'
import { closeRemoved } from './send-away.ts'
import { tellUntoldLeaves } from './tell-leaves.ts'

/** A look reads that many messages and removals, the oldest first. In a busy room the next looks read the others. */
const READ_AT_MOST = 200

/** Those whose coming nobody has begun to tell. */
const unannounced = (presences: readonly Presence[], now: number) =>
  presences
    .filter((one) => isPresent(one, now))
    .flatMap(({ user_id: userId, present_since: since, announced }) =>
      since === null || since === announced || now - since < UNTOLD_AFTER_MS ? [] : [{ userId, since }],
    )

/** Those who came back after their leave was told, and whose coming nobody has begun to tell. */
const returned = (presences: readonly Presence[], now: number) =>
  presences
    .filter((one) => isPresent(one, now) && one.present_since !== null && !isThoughtThere(one))
    .map((one) => ({
      userId: one.user_id,
      since: timeOfComing(one, Math.min(...liveConnections(one, now).map(({ live_from }) => live_from))),
    }))
    .filter(({ since }) => now - since >= UNTOLD_AFTER_MS)

const tellReturned = async (code: string, { userId, since }: { userId: string; since: number }, runtime: Runtime) => {
  await startPresence({ code, userId }, since)
  await announceJoin(code, { userId, since }, runtime)
}

/** Those who have sockets that were removed and not closed. */
const unclosed = (presences: readonly Presence[], now: number) =>
  presences.filter(({ closing, left_at }) => closing.length > 0 && now - left_at >= UNTOLD_AFTER_MS)

/** Those whose new name nobody has told. */
const renamed = (presences: readonly Presence[], now: number) =>
  presences.filter(({ renamed_at }) => renamed_at !== undefined && now - renamed_at >= UNTOLD_AFTER_MS)

/**
 * Whether it was saved so long ago that nobody tells it any more. Items of older versions do not say who was told, and
 * count as told.
 */
const isUntold = ({ told, saved_at }: Pick<SavedMessage, 'saved_at' | 'told'>, now: number): boolean =>
  told !== undefined && told !== 'all' && now - (saved_at ?? now) >= UNTOLD_AFTER_MS

const untoldMessages = async (code: string, now: number) => {
  const kept = await savedMessagesAfter(code, earliestMessageId(now - UNTOLD_WITHIN_MS), READ_AT_MOST, now)
  return kept.filter((one) => isUntold(one, now)).map(chatFrame)
}

const untoldRemovals = async (code: string, now: number): Promise<ServerEvent[]> => {
  const removals = await removalsAfter(code, earliestMessageId(now - UNTOLD_WITHIN_MS), READ_AT_MOST)
  return removals.filter((one) => isUntold(one, now)).map(messageRemoved)
}

/**
 * The room as it is, where it is not known that all were told of its changes, and of the latest one last. The revisions
 * are compared for being different, not for being higher: a restored table goes back.
 */
const untoldOf = (room: Room, told: ToldSoFar, now: number): ServerEvent[] => [
  ...(room.version !== told.version && now - room.at >= UNTOLD_AFTER_MS ? [catchUpFrame(room, now)] : []),
  ...(room.facts_revision === told.facts ? [] : [roomUpdated(room, now)]),
]

const tellUntoldChanges = async (room: Room, told: ToldSoFar, runtime: Runtime): Promise<void> => {
  const events = untoldOf(room, told, runtime.clock())
  if (events.length === 0) return
  count('ToldLate', events.length)
  const isTold = await tellEverybody(room, { events, to: 'everyone' }, await presencesIn(room.code), runtime)
  if (isTold) await noteAllTold(room.code, partsTold(room, events))
}

/**
 * Tells what functions saved and, because they ended, did not tell to everybody: messages, removals, where the video
 * is, the facts, who came and left, who has another name. Clients that send PINGs ask for most of it themselves. A
 * client that never sends one would not hear of it otherwise.
 */
export const tellUntold = async (code: string, presences: readonly Presence[], runtime: Runtime): Promise<void> => {
  const now = runtime.clock()
  // The sockets are closed before the leaves are told: a row that still names sockets to close stays.
  await allOf(unclosed(presences, now).map((one) => closeRemoved(code, one)))
  const gone = presences.filter((one) => isLeaveUntold(one, now))
  // The notes are read before the room, so that they are never newer than the room as it is read.
  const told = await toldSoFar(code)
  const [room, messages, removals] = await allOf([
    roomByCode(code),
    untoldMessages(code, now),
    untoldRemovals(code, now),
    ...unannounced(presences, now).map((coming) => announceJoin(code, coming, runtime)),
    ...returned(presences, now).map((one) => tellReturned(code, one, runtime)),
    tellUntoldLeaves(code, gone, runtime),
    ...renamed(presences, now).map(({ user_id }) => tellRenamed(code, user_id, runtime)),
  ])
  if (room === undefined || room.deleted_at !== null) return
  const events = [...sinceCleared(messages, room), ...removals]
  count('ToldLate', events.length)
  await allOf([
    events.length > 0 ? tellRoom(code, { events, to: 'everyone' }, runtime) : undefined,
    tellUntoldChanges(room, told, runtime),
  ])
  await endStaleBars(room, runtime)
}

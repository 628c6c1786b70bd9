import { setTimeout as wait } from 'node:timers/promises'
import { MAX_MISSED_MESSAGES, MESSAGES_PER_PAGE } from '../../protocol/limits.ts'
import type { ServerEvent, ShownMessage } from '../../protocol/server-events.ts'
import { chatFrame, messageRemoved, sinceCleared } from '../domain/chat.ts'
import { earliestMessageId } from '../domain/ids.ts'
import type { Presence } from '../domain/presence.ts'
import type { Room } from '../domain/room.ts'
import { joinsBetween, leavesBetween, peopleIn, renamesBetween, roomDifference } from '../domain/snapshot.ts'
import { MOST_TRIES, RECEIVED_WITHIN_MS, REPEATED_AFTER_MS, SAVED_WITHIN_MS } from '../domain/times.ts'
import { postAll } from '../fanout/post.ts'
import { allOf } from '../table/all-of.ts'
import { type SavedMessage, savedMessagesAfter } from '../table/messages.ts'
import { presencesIn } from '../table/presences.ts'
import { removalsAfter } from '../table/removed-messages.ts'
import { roomByCode } from '../table/rooms.ts'

const ROUNDS = 3

/** What the greeting of a socket sent. Decision 0002 (docs/decisions/0002-greeting.md) explains the handover. */
export type Greeted = {
  code: string
  userId: string
  connectionId: string
  room: Room
  presences: readonly Presence[]
  messages: readonly ShownMessage[]
  /** From this instant on fan-out reaches the socket. */
  handedOverAt: number
}

/** The room and the people that the socket has heard of so far. */
export type HeardSoFar = { room: Room; people: ReadonlySet<string> }

/**
 * Posts to the newcomer alone. Frames that do not arrive are posted again after each pause, so those that did arrive
 * may come twice. What has changed in the meantime is told by a later round. Answers whether the frames arrived in the
 * end.
 */
const send = async ({ connectionId }: Greeted, events: readonly ServerEvent[]): Promise<boolean> => {
  const frames = events.map((event) => JSON.stringify(event))
  if ((await postAll(connectionId, frames)) === 'delivered') return true
  for (const pause of REPEATED_AFTER_MS.slice(0, MOST_TRIES - 1)) {
    await wait(pause)
    if ((await postAll(connectionId, frames)) === 'delivered') return true
  }
  return false
}

/** What changed of the room since `known`. Nothing, where the room has ended: whoever ends a room tells it. */
const changesOf = (known: Room, latest: Room | undefined, now: number): ServerEvent[] =>
  latest === undefined || latest.deleted_at !== null ? [] : roomDifference(known, latest, now)

/**
 * Sends what changed of the room since the greeting, and who left. It is called as soon as the socket is live: later
 * leaves are told by the function that removes the other socket. Undefined where the socket did not take the frames.
 */
export const tellMissed = async (greeted: Greeted, clock: () => number): Promise<HeardSoFar | undefined> => {
  const { code, userId } = greeted
  const [latest, presentNow] = await allOf([roomByCode(code), presencesIn(code)])
  const now = clock()
  const here = peopleIn(presentNow, now)
  const others = new Map([...peopleIn(greeted.presences, now)].filter(([user_id]) => user_id !== userId))
  const isSent = await send(greeted, [
    ...leavesBetween(others, here, presentNow),
    ...renamesBetween(others, here),
    ...changesOf(greeted.room, latest, now),
  ])
  if (!isSent) return undefined
  const people = new Set([userId, ...[...others.keys()].filter((user_id) => here.has(user_id))])
  return { people, room: latest ?? greeted.room }
}

/** The message as this socket is to see it: with its `ref` if it sent the message itself. */
const frameFor = (message: SavedMessage, connectionId: string): ServerEvent => ({
  ...chatFrame(message),
  ...(message.connection_id === connectionId && message.ref !== undefined && { ref: message.ref }),
})

/** Messages of the greeting that were removed since it was read. */
const missedRemovals = async ({ code, messages, handedOverAt }: Greeted): Promise<ServerEvent[]> => {
  const shown = new Set(messages.map(({ id }) => id))
  const removals = await removalsAfter(code, earliestMessageId(handedOverAt - RECEIVED_WITHIN_MS))
  return removals.filter(({ message_id }) => shown.has(message_id)).map(messageRemoved)
}

/** Messages that neither the greeting nor fan-out sent. Messages older than a full page were left out on purpose. */
const missedMessages = async ({ code, messages, handedOverAt }: Greeted, now: number): Promise<SavedMessage[]> => {
  const lately = earliestMessageId(handedOverAt - RECEIVED_WITHIN_MS)
  const oldest = messages.length < MESSAGES_PER_PAGE ? lately : (messages[0]?.id ?? lately)
  const saved = await savedMessagesAfter(code, oldest, MESSAGES_PER_PAGE + MAX_MISSED_MESSAGES, now)
  const shown = new Set(messages.map(({ id }) => id))
  return saved.filter(({ id, saved_at, created_at }) => !shown.has(id) && (saved_at ?? created_at) < handedOverAt)
}

/**
 * Sends the messages, removals and joins from before the handover. Waits until all of them are saved. Answers whether the
 * socket took them.
 */
export const tellMissedLater = async (greeted: Greeted, heard: HeardSoFar, clock: () => number): Promise<boolean> => {
  const { code, connectionId, handedOverAt } = greeted
  await wait(Math.max(0, handedOverAt + SAVED_WITHIN_MS - clock()))
  const [presences, missed, removals] = await allOf([
    presencesIn(code),
    missedMessages(greeted, clock()),
    missedRemovals(greeted),
  ])
  const joins = joinsBetween(heard.people, peopleIn(presences, clock()), handedOverAt)
  const said = sinceCleared(missed, heard.room).map((message) => frameFor(message, connectionId))
  if (!(await send(greeted, [...joins, ...said, ...removals]))) return false

  // Another change may have been saved while we posted. Read again until the room equals what we sent last.
  let { room } = heard
  for (let round = 0; round < ROUNDS; round += 1) {
    const latest = await roomByCode(code)
    const changes = changesOf(room, latest, clock())
    if (latest === undefined || changes.length === 0) return true
    if (!(await send(greeted, changes))) return false
    room = latest
  }
  return true
}

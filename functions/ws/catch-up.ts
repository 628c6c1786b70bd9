import { setTimeout as wait } from 'node:timers/promises'
import { MAX_MISSED_MESSAGES, MESSAGES_PER_PAGE } from '../../protocol/limits.ts'
import type { ServerEvent, ShownMessage } from '../../protocol/server-events.ts'
import { chatFrame } from '../domain/chat.ts'
import { catchUpFrame } from '../domain/playback.ts'
import { isPresent, type Presence } from '../domain/presence.ts'
import { type Room, roomUpdated } from '../domain/room.ts'
import { post } from '../fanout/post.ts'
import { connectionsIn } from '../table/connections.ts'
import { type SavedMessage, savedMessagesAfter } from '../table/messages.ts'
import { roomByCode } from '../table/rooms.ts'

/** A message or a join that began before the handover has been saved by then. */
const SAVED_WITHIN_MILLISECONDS = 250
const LOOKS = 3
/** Sorts before every message. */
const BEFORE_ALL = '0'

/** What a connection was greeted with. */
export type Greeted = {
  code: string
  userId: string
  connectionId: string
  room: Room
  presences: readonly Presence[]
  messages: readonly ShownMessage[]
  /** From when on fan-out tells it everything itself. */
  handedOverAt: number
}

/** What the connection has been told so far of the room and of who is there. */
export type Known = { room: Room; people: Set<string> }

const sendTo =
  ({ connectionId }: Greeted) =>
  (event: ServerEvent) =>
    post(connectionId, JSON.stringify(event))

const peopleIn = (presences: readonly Presence[], now: number): Map<string, Presence> =>
  new Map(presences.filter((one) => isPresent(one, now)).map((one) => [one.user_id, one]))

const settingsOf = (room: Room): string => {
  const { at: _at, ...settings } = roomUpdated(room, 0)
  return JSON.stringify({ ...settings, version: 0 })
}

const sameRoom = (known: Room, latest: Room): boolean =>
  latest.version === known.version && settingsOf(latest) === settingsOf(known)

const tellRoomChanges = async (
  known: Room,
  latest: Room | undefined,
  send: ReturnType<typeof sendTo>,
  clock: () => number,
): Promise<Room> => {
  if (latest === undefined || latest.deleted_at !== null) return known
  if (latest.version > known.version) await send(catchUpFrame(latest, clock()))
  if (settingsOf(latest) !== settingsOf(known)) await send(roomUpdated(latest, clock()))
  return latest
}

/**
 * Directly after the connection became live: changes of the room since the greeting, and who has left since. Every later
 * leave is told by whoever removes the connection.
 */
export const tellMissed = async (greeted: Greeted, clock: () => number): Promise<Known> => {
  const { code, userId, presences } = greeted
  const send = sendTo(greeted)
  const [latest, presentNow] = await Promise.all([roomByCode(code), connectionsIn(code)])
  const now = clock()
  const here = peopleIn(presentNow, now)
  const people = new Set<string>()
  for (const [user_id, { name }] of peopleIn(presences, now)) {
    if (user_id === userId || here.has(user_id)) people.add(user_id)
    else await send({ type: 'USER_LEFT', user: name, user_id, at: now })
  }
  return { people, room: await tellRoomChanges(greeted.room, latest, send, clock) }
}

/** The message as this connection is to see it: with its mark, if it sent it. */
const frameFor = ({ connection_id, ref, ...message }: SavedMessage, connectionId: string): ServerEvent => ({
  ...chatFrame(message),
  ...(connection_id === connectionId && ref !== undefined && { ref }),
})

/** Messages since the greeting's that fan-out did not bring. A whole page was shown: what is older was left out on purpose. */
const missedMessages = async ({ code, messages, handedOverAt }: Greeted, now: number): Promise<SavedMessage[]> => {
  const oldest = messages.length < MESSAGES_PER_PAGE ? BEFORE_ALL : (messages[0]?.id ?? BEFORE_ALL)
  const saved = await savedMessagesAfter(code, oldest, MESSAGES_PER_PAGE + MAX_MISSED_MESSAGES, now)
  const shown = new Set(messages.map(({ id }) => id))
  return saved.filter(({ id, created_at }) => !shown.has(id) && created_at < handedOverAt)
}

/** Once all that began before the handover is saved: the messages and joins that fan-out left to the greeting. */
export const tellMissedLater = async (greeted: Greeted, known: Known, clock: () => number): Promise<void> => {
  const { code, userId, connectionId, handedOverAt } = greeted
  const send = sendTo(greeted)
  await wait(Math.max(0, handedOverAt + SAVED_WITHIN_MILLISECONDS - clock()))
  const [presences, missed] = await Promise.all([connectionsIn(code), missedMessages(greeted, clock())])
  const now = clock()
  for (const [user_id, { name, present_since }] of peopleIn(presences, now)) {
    const isNew = user_id !== userId && !known.people.has(user_id)
    if (isNew && present_since !== null && present_since < handedOverAt)
      await send({ type: 'USER_JOINED', user: name, user_id, at: present_since })
  }
  for (const message of missed) await send(frameFor(message, connectionId))

  // A change may have been told before the one that we told: look until what we told is what the room is.
  let { room } = known
  for (let look = 0; look < LOOKS; look += 1) {
    const latest = await roomByCode(code)
    if (latest === undefined || sameRoom(room, latest)) return
    room = await tellRoomChanges(room, latest, send, clock)
  }
}

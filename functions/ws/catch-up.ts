import { setTimeout as wait } from 'node:timers/promises'
import { MAX_MISSED_MESSAGES, MESSAGES_PER_PAGE } from '../../protocol/limits.ts'
import type { ServerEvent, ShownMessage } from '../../protocol/server-events.ts'
import { chatFrame } from '../domain/chat.ts'
import { catchUpFrame } from '../domain/playback.ts'
import { isPresent, type Presence, userJoined, userLeft } from '../domain/presence.ts'
import { type Room, roomUpdated } from '../domain/room.ts'
import { post } from '../fanout/post.ts'
import { type SavedMessage, savedMessagesAfter } from '../table/messages.ts'
import { presencesIn } from '../table/presences.ts'
import { roomByCode } from '../table/rooms.ts'

/** Messages and joins from before the handover are saved this long after it. Longer than PROMPT in chat.ts. */
const SAVED_WITHIN_MS = 250
const LOOKS = 3
/** Sorts before every message. */
const BEFORE_ALL = '0'

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
 * Sends changes of the room and leaves since the greeting. Called as soon as the socket is live: later leaves come from
 * the function that removes the other socket.
 */
export const tellMissed = async (greeted: Greeted, clock: () => number): Promise<Known> => {
  const { code, userId, presences } = greeted
  const send = sendTo(greeted)
  const [latest, presentNow] = await Promise.all([roomByCode(code), presencesIn(code)])
  const now = clock()
  const here = peopleIn(presentNow, now)
  const people = new Set<string>()
  for (const [user_id, { name }] of peopleIn(presences, now)) {
    if (user_id === userId || here.has(user_id)) people.add(user_id)
    else await send(userLeft({ user_id, name }, now))
  }
  return { people, room: await tellRoomChanges(greeted.room, latest, send, clock) }
}

/** The message as this socket is to see it: with its `ref` if it sent the message itself. */
const frameFor = ({ connection_id, ref, ...message }: SavedMessage, connectionId: string): ServerEvent => ({
  ...chatFrame(message),
  ...(connection_id === connectionId && ref !== undefined && { ref }),
})

/** Messages that neither the greeting nor fan-out sent. Messages older than a full page were left out on purpose. */
const missedMessages = async ({ code, messages, handedOverAt }: Greeted, now: number): Promise<SavedMessage[]> => {
  const oldest = messages.length < MESSAGES_PER_PAGE ? BEFORE_ALL : (messages[0]?.id ?? BEFORE_ALL)
  const saved = await savedMessagesAfter(code, oldest, MESSAGES_PER_PAGE + MAX_MISSED_MESSAGES, now)
  const shown = new Set(messages.map(({ id }) => id))
  return saved.filter(({ id, created_at }) => !shown.has(id) && created_at < handedOverAt)
}

/** Sends the messages and joins from before the handover. Waits until all of them are saved. */
export const tellMissedLater = async (greeted: Greeted, known: Known, clock: () => number): Promise<void> => {
  const { code, userId, connectionId, handedOverAt } = greeted
  const send = sendTo(greeted)
  await wait(Math.max(0, handedOverAt + SAVED_WITHIN_MS - clock()))
  const [presences, missed] = await Promise.all([presencesIn(code), missedMessages(greeted, clock())])
  const now = clock()
  for (const [user_id, { name, present_since }] of peopleIn(presences, now)) {
    const isNew = user_id !== userId && !known.people.has(user_id)
    if (isNew && present_since !== null && present_since < handedOverAt)
      await send(userJoined({ user_id, name }, present_since))
  }
  for (const message of missed) await send(frameFor(message, connectionId))

  // Another change may have been saved while we posted. Read again until the room equals what we sent last.
  let { room } = known
  for (let look = 0; look < LOOKS; look += 1) {
    const latest = await roomByCode(code)
    if (latest === undefined || sameRoom(room, latest)) return
    room = await tellRoomChanges(room, latest, send, clock)
  }
}

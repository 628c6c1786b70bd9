import { setTimeout as wait } from 'node:timers/promises'
import { MAX_MISSED_MESSAGES } from '../../protocol/limits.ts'
import type { ServerEvent, ShownMessage } from '../../protocol/server-events.ts'
import { chatFrame } from '../domain/chat.ts'
import { catchUpFrame } from '../domain/playback.ts'
import { isPresent, type Presence, presentSince } from '../domain/presence.ts'
import { type Room, roomUpdated } from '../domain/room.ts'
import { post } from '../fanout/post.ts'
import { connectionsIn } from '../table/connections.ts'
import { newestSaved, type SavedMessage } from '../table/messages.ts'
import { roomByCode } from '../table/rooms.ts'

/** A message or a join that began before the handover has been saved by then. */
const SAVED_WITHIN_MILLISECONDS = 250
const LOOKS = 3

/** What a connection was greeted with. */
export type Greeted = {
  code: string
  userId: string
  connectionId: string
  room: Room
  presences: readonly Presence[]
  messages: readonly ShownMessage[]
  /** From when on fan-out tells it everything itself. */
  liveFrom: number
}

/** Names who came before the handover, and who of those listed has left. */
const presenceChanges = (
  { presences, userId, liveFrom }: Greeted,
  now: readonly Presence[],
  at: number,
): ServerEvent[] => {
  const others = (all: readonly Presence[]) => all.filter((one) => one.user_id !== userId && isPresent(one, at))
  const listed = new Set(others(presences).map((one) => one.user_id))
  const here = new Set(others(now).map((one) => one.user_id))
  const came = others(now)
    .filter((one) => !listed.has(one.user_id) && presentSince(one, at) < liveFrom)
    .map((one): ServerEvent => ({ type: 'USER_JOINED', user: one.name, user_id: one.user_id, at }))
  const left = others(presences)
    .filter((one) => !here.has(one.user_id))
    .map((one): ServerEvent => ({ type: 'USER_LEFT', user: one.name, user_id: one.user_id, at }))
  return [...came, ...left]
}

const settingsOf = (room: Room): string => {
  const { at: _at, ...settings } = roomUpdated(room, 0)
  return JSON.stringify({ ...settings, version: 0 })
}

/** The message as this connection is to see it: with its mark, if it sent it. */
const frameFor = ({ connection_id, ref, ...message }: SavedMessage, connectionId: string): ServerEvent => ({
  ...chatFrame(message),
  ...(connection_id === connectionId && ref !== undefined && { ref }),
})

/** Brings what was saved between the greeting's reads and the handover, as ordinary frames. */
export const catchUp = async (greeted: Greeted, clock: () => number): Promise<void> => {
  const { code, connectionId, messages, liveFrom } = greeted
  const send = (event: ServerEvent) => post(connectionId, JSON.stringify(event))
  const firstLook = await roomByCode(code)
  let known = await tellRoomChanges(greeted.room, firstLook, send, clock)

  await wait(Math.max(0, liveFrom - clock()) + SAVED_WITHIN_MILLISECONDS)
  const [presences, newest] = await Promise.all([connectionsIn(code), newestSaved(code, MAX_MISSED_MESSAGES, clock())])
  const shown = new Set(messages.map(({ id }) => id))
  const missed = newest.filter(({ id, created_at }) => !shown.has(id) && created_at < liveFrom)
  for (const message of missed) await send(frameFor(message, connectionId))
  for (const change of presenceChanges(greeted, presences, clock())) await send(change)

  // A command may have been told before the one that we have just told: look until nothing is newer.
  for (let look = 0; look < LOOKS; look += 1) {
    const latest = await roomByCode(code)
    if (latest === undefined || latest.version === known.version) return
    known = await tellRoomChanges(known, latest, send, clock)
  }
}

const tellRoomChanges = async (
  known: Room,
  latest: Room | undefined,
  send: (event: ServerEvent) => Promise<unknown>,
  clock: () => number,
): Promise<Room> => {
  if (latest === undefined || latest.deleted_at !== null) return known
  if (latest.version > known.version) await send(catchUpFrame(latest, clock()))
  if (settingsOf(latest) !== settingsOf(known)) await send(roomUpdated(latest, clock()))
  return latest
}

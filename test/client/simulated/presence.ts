import { greetingHistory, mutedEvent, mutedUntil } from '../../../functions/domain/chat.ts'
import { playbackStateFrame } from '../../../functions/domain/playback.ts'
import {
  type Presence,
  participantsFrame,
  renamedEvents,
  userJoined,
  userLeft,
} from '../../../functions/domain/presence.ts'
import { removal } from '../../../functions/domain/removal.ts'
import { positionAt } from '../../../protocol/playback.ts'
import type { RemovalCode } from '../../../protocol/server-events.ts'
import { type KeptRoom, memberOf, nameOf, newest, peopleIn } from './kept-room.ts'
import type { ServerSocket } from './network.ts'

const GRACE_MS = 30_000

const presenceOf = (kept: KeptRoom, user: string, now: number): Presence => ({
  ...{ user_id: user, name: nameOf(kept, user), present_since: now, announced: now, joined_revision: null },
  ...{ left_told: null, left_at: 0, closing: [] },
  connections: [{ id: user, state: 'live', since: now, expires: Number.POSITIVE_INFINITY, live_from: now, seen: null }],
})

/** Who is there, for one of them. */
export const whoIsThere = (kept: KeptRoom, user: string) => {
  const now = kept.now()
  const presences = peopleIn(kept).map((one) => presenceOf(kept, one, now))
  return participantsFrame(kept.room, presences, { user_id: user, name: nameOf(kept, user) }, now, kept.peopleRevision)
}

/** [P7] of docs/protocol.md: a room that was empty for longer than the grace stands where it was left. */
const goOnOrPause = (kept: KeptRoom): void => {
  const { room } = kept
  const { is_playing, empty_since, media, version } = room
  if (!is_playing || empty_since === null) return
  const at = kept.now()
  const time = positionAt(room, empty_since, media?.duration ?? null)
  const isLate = at - empty_since > GRACE_MS
  kept.room = { ...room, empty_since: null, ...(isLate && { is_playing: false, time, at, version: version + 1 }) }
}

/** Takes a socket in and greets it. */
export const greet = (kept: KeptRoom, socket: ServerSocket): void => {
  goOnOrPause(kept)
  const { room } = kept
  kept.sockets.add(socket)
  socket.send(whoIsThere(kept, socket.token))
  socket.send(greetingHistory(newest(kept)))
  socket.send(playbackStateFrame(room, kept.now()))
  const until = mutedUntil(memberOf(kept, socket.token), kept.now())
  if (until !== null) socket.send(mutedEvent(until, kept.now()))
}

const tellOthers = (kept: KeptRoom, told: typeof userJoined | typeof userLeft, user: string): void => {
  kept.peopleRevision += 1
  const event = told({ name: nameOf(kept, user), user_id: user }, kept.now(), kept.peopleRevision)
  kept.tell(event, { only: ({ token }) => token !== user })
}

/** The socket's greeting is over. The others hear of its person, where they do not know of them yet. */
export const goLive = (kept: KeptRoom, socket: ServerSocket): void => {
  if (!kept.sockets.has(socket)) return
  const isFirst = !peopleIn(kept).includes(socket.token)
  kept.live.add(socket)
  if (!isFirst) return
  tellOthers(kept, userJoined, socket.token)
  kept.joinedRevision.set(socket.token, kept.peopleRevision)
}

/** Calls somebody by another name, and tells everybody. */
export const rename = (kept: KeptRoom, user: string, name: string): void => {
  const former = nameOf(kept, user)
  kept.names.set(user, name)
  if (name === former || !peopleIn(kept).includes(user)) return
  kept.peopleRevision += 2
  for (const event of renamedEvents({ user_id: user, name }, former, kept.now(), kept.peopleRevision)) kept.tell(event)
}

/** Forgets sockets of one person, and tells the others where it was their last one. */
export const depart = (kept: KeptRoom, user: string, sockets: readonly ServerSocket[]): void => {
  const wasThere = peopleIn(kept).includes(user)
  for (const socket of sockets) {
    kept.sockets.delete(socket)
    kept.live.delete(socket)
  }
  if (wasThere && !peopleIn(kept).includes(user)) tellOthers(kept, userLeft, user)
  if (kept.sockets.size === 0) kept.room = { ...kept.room, empty_since: kept.now() }
}

const socketsOf = ({ sockets }: KeptRoom, user: string): ServerSocket[] =>
  [...sockets].filter(({ token }) => token === user)

const sayGoodbye = (sockets: readonly ServerSocket[], why: RemovalCode): void => {
  for (const socket of sockets) {
    socket.send(removal(why))
    socket.close()
  }
}

/** Ends every socket of one person, and says why. */
export const sendAway = (kept: KeptRoom, user: string, why: RemovalCode): void => {
  const sockets = socketsOf(kept, user)
  sayGoodbye(sockets, why)
  depart(kept, user, sockets)
}

/** Ends every socket of the room. Nobody is left to be told who left. */
export const closeSocketsIn = (kept: KeptRoom): void => {
  sayGoodbye([...kept.sockets], 'room_deleted')
  kept.sockets.clear()
  kept.live.clear()
}

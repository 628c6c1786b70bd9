import { greetingHistory } from '../../../functions/domain/chat.ts'
import { removal } from '../../../functions/domain/membership.ts'
import { playbackStateFrame } from '../../../functions/domain/playback.ts'
import { type Presence, participantsFrame } from '../../../functions/domain/presence.ts'
import { MESSAGES_PER_PAGE } from '../../../protocol/limits.ts'
import { positionAt } from '../../../protocol/playback.ts'
import type { RemovalCode } from '../../../protocol/server-events.ts'
import { type KeptRoom, peopleIn } from './kept-room.ts'
import type { ServerSocket } from './network.ts'

const presenceOf = (user: string, now: number): Presence => ({
  ...{ user_id: user, name: user, present_since: now, announced: now },
  connections: [{ id: user, state: 'live', since: now, expires: Number.POSITIVE_INFINITY, live_from: now }],
})

/** Takes a socket in and greets it. */
export const greet = (kept: KeptRoom, socket: ServerSocket): void => {
  const { room, messages } = kept
  const now = kept.now()
  const presences = peopleIn(kept).map((user) => presenceOf(user, now))
  kept.sockets.add(socket)
  socket.send(participantsFrame(room, presences, { user_id: socket.token, name: socket.token }, now))
  socket.send(greetingHistory(messages.slice(-MESSAGES_PER_PAGE)))
  socket.send(playbackStateFrame(room, now))
}

const tellOthers = (kept: KeptRoom, type: 'USER_JOINED' | 'USER_LEFT', user: string): void =>
  kept.tell({ type, user, user_id: user, at: kept.now() }, { only: ({ token }) => token !== user })

/** The socket's greeting is over. The others hear of its person, where they do not know of them yet. */
export const goLive = (kept: KeptRoom, socket: ServerSocket): void => {
  if (!kept.sockets.has(socket)) return
  const isFirst = !peopleIn(kept).includes(socket.token)
  kept.live.add(socket)
  if (isFirst) tellOthers(kept, 'USER_JOINED', socket.token)
}

/** A room that nobody watches does not play. */
const pauseIfEmpty = (kept: KeptRoom): void => {
  const { room } = kept
  if (kept.sockets.size > 0 || !room.is_playing) return
  const at = kept.now()
  const time = positionAt(room, at, room.media?.duration ?? null)
  kept.room = { ...room, is_playing: false, time, at, version: room.version + 1 }
}

/** Forgets sockets of one person, and tells the others where it was their last one. */
export const depart = (kept: KeptRoom, user: string, sockets: readonly ServerSocket[]): void => {
  const wasThere = peopleIn(kept).includes(user)
  for (const socket of sockets) {
    kept.sockets.delete(socket)
    kept.live.delete(socket)
  }
  if (wasThere && !peopleIn(kept).includes(user)) tellOthers(kept, 'USER_LEFT', user)
  pauseIfEmpty(kept)
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
export const closeRoom = (kept: KeptRoom): void => {
  sayGoodbye([...kept.sockets], 'room_deleted')
  kept.sockets.clear()
  kept.live.clear()
}

import { roomDetail } from '../../../functions/domain/room.ts'
import type { Media } from '../../../protocol/media.ts'
import type { PlaybackState } from '../../../protocol/playback.ts'
import type { ServerEvent, ShownMessage } from '../../../protocol/server-events.ts'
import { PROTOCOL_VERSION } from '../../../protocol/version.ts'
import { CODE, firstRoom, isMember, type KeptRoom, MEDIA, memberOf } from './kept-room.ts'
import { EPOCH, type Server, type ServerSocket } from './network.ts'
import { depart, goLive, greet } from './presence.ts'
import { type Answer, answerCall, type Call } from './room-calls.ts'
import { receiveFrame, saveMessage } from './room-frames.ts'
import type { VirtualTime } from './virtual-time.ts'

export type { Answer }
export { CODE, MEDIA }

/**
 * A room of the host "host" and of everybody who comes. A token is the user's id. It decides and words its frames with the
 * server's own domain; test/contract holds it to what the server does.
 */
export type RoomServer = Server & {
  playback: PlaybackState
  messages: ShownMessage[]
  sockets: Set<ServerSocket>
  /** What everybody was told, in order. */
  told: ServerEvent[]
  calls: Call[]
  /** Told to every open socket, or to those of one user. */
  tell: (event: ServerEvent, only?: (socket: ServerSocket) => boolean) => void
  say: (user: string, message: string) => ShownMessage
  /** Makes somebody a stranger to the room, where people are members unless something else is known of them. */
  keepOut: (user: string) => void
  /** Refuses handshakes and calls with this status and code from now on; undefined: no more. */
  refuse: (refusal: { status: number; code: string } | undefined) => void
  /** Answers calls instead of the room, where it answers at all. */
  instead: ((call: Call) => Answer | undefined) | undefined
  /** Frames of clients that are swallowed: true to lose one. */
  loses: (frame: { type: string }) => boolean
  /** Events that one socket is not told: true to lose one. */
  mutes: (event: ServerEvent, socket: ServerSocket) => boolean
  /** The version of the protocol that PONGs tell; undefined as in 0.1.0, which did not say. */
  protocol: number | undefined
}

/** A connection counts as live only a moment after its greeting was sent. */
const LIVE_AFTER_MS = 300

export const createRoomServer = (time: VirtualTime, media: Media | null = MEDIA): RoomServer => {
  let refusal: { status: number; code: string } | undefined
  const kept: KeptRoom = {
    room: firstRoom(media),
    messages: [],
    removals: [],
    learnedDuration: null,
    idsGiven: 0,
    sockets: new Set(),
    live: new Set(),
    members: new Map(),
    names: new Map(),
    peopleRevision: 0,
    waitingRevision: 0,
    joinedRevision: new Map(),
    bucketFullAt: new Map(),
    newcomersFullAt: 0,
    wroteAt: new Map(),
    done: new Map(),
    now: () => EPOCH + time.now(),
    protocol: PROTOCOL_VERSION,
    tell: (event, { only = () => true, echo } = {}) => {
      server.told.push(event)
      for (const socket of kept.sockets) {
        if (!only(socket) || server.mutes(event, socket)) continue
        const isMarked = echo?.socket === socket && echo.ref !== undefined
        socket.send(isMarked ? { ...event, ref: echo.ref } : event)
      }
    },
  }
  const receive = (socket: ServerSocket, frame: { type: string }) => {
    if (frame.type === 'close') return depart(kept, socket.token, [socket])
    if (kept.sockets.has(socket) && !server.loses(frame)) receiveFrame(kept, socket, frame)
  }

  const server: RoomServer = {
    get playback() {
      const { is_playing, time, at, rate, version } = kept.room
      return { is_playing, time, at, rate, version }
    },
    set playback(playback) {
      kept.room = { ...kept.room, ...playback }
    },
    get protocol() {
      return kept.protocol
    },
    set protocol(version) {
      kept.protocol = version
    },
    messages: kept.messages,
    sockets: kept.sockets,
    told: [],
    calls: [],
    instead: undefined,
    loses: () => false,
    mutes: () => false,
    keepOut: (user) => {
      kept.members.set(user, { ...memberOf(kept, user), status: 'LEFT' })
    },
    refuse: (next) => {
      refusal = next
    },
    tell: (event, only) => kept.tell(event, only === undefined ? {} : { only }),
    say: (user, message) => saveMessage(kept, user, message),
    accept: (socket) => {
      if (refusal !== undefined) return refusal.status
      if (kept.room.deleted_at !== null || !isMember(kept, socket.token)) return 403
      socket.received = (frame) => receive(socket, frame as { type: string })
      greet(kept, socket)
      time.after(LIVE_AFTER_MS, () => goLive(kept, socket))
      return undefined
    },
    answer: (call) => {
      server.calls.push(call)
      const other = server.instead?.(call)
      if (other !== undefined) return other
      if (refusal !== undefined) return { status: refusal.status, body: { error: 'No.', code: refusal.code } }
      return answerCall(kept, call)
    },
  }
  return server
}

/** What a viewer reads of the room over HTTP. */
export const detail = roomDetail(firstRoom(MEDIA), 'ana', 1)

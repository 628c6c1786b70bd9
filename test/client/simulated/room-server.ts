import type { Media } from '../../../protocol/media.ts'
import { type PlaybackState, positionAt } from '../../../protocol/playback.ts'
import type { ServerEvent, ShownMessage } from '../../../protocol/server-events.ts'
import { PROTOCOL_VERSION } from '../../../protocol/version.ts'
import { EPOCH, type Server, type ServerSocket } from './network.ts'
import type { VirtualTime } from './virtual-time.ts'

type Frame = { type: string; time?: number; message?: string; ref?: string; t0?: number; after?: string }
type Call = Parameters<Server['answer']>[0]
export type Answer = ReturnType<Server['answer']>

export const CODE = 'K7WQ3F'
export const MEDIA: Media = { url: 'https://video.example/film.mp4', title: 'A film', duration: 7200 }

/** A room of one host ("host") and whoever comes, as the contract describes it. A token is the user's id. */
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
  /** Refuses handshakes and calls with this status and code from now on; undefined: no more. */
  refuse: (refusal: { status: number; code: string } | undefined) => void
  /** Answers calls instead of the room, where it answers at all. */
  instead: ((call: Call) => Answer | undefined) | undefined
  /** Frames of clients that are swallowed: true to lose one. */
  loses: (frame: Frame) => boolean
  /** Events that one socket is not told: true to lose one. */
  mutes: (event: ServerEvent, socket: ServerSocket) => boolean
  /** Messages that one answer to SYNC_REQUEST holds at the most. */
  syncLimit: number
  /** The version of the protocol that PONGs tell; undefined as in 0.1.0, which did not say. */
  protocol: number | undefined
}

const START_LEAD_MS = 400
/** A connection counts as live only a moment after its greeting was sent. */
const LIVE_AFTER_MS = 300
const id = (n: number) => `01J${String(n).padStart(23, '0')}`

export const createRoomServer = (time: VirtualTime, media: Media = MEDIA): RoomServer => {
  const live = new Set<ServerSocket>()
  let refusal: { status: number; code: string } | undefined
  const now = () => EPOCH + time.now()

  const participants = (): ServerEvent => {
    const ids = [...new Set([...room.sockets].map(({ token }) => token))]
    const members = ids.map((user) => ({
      user_id: user,
      name: user,
      role: user === 'host' ? ('host' as const) : ('participant' as const),
    }))
    return { type: 'ROOM_PARTICIPANTS', participants: ids, host: 'host', members, viewers: ids.length, at: now() }
  }
  const playbackState = (ref?: string): ServerEvent => {
    const { playback } = room
    const at = Math.max(now(), playback.at)
    const state = { ...playback, time: positionAt(playback, at), at }
    return { type: 'PLAYBACK_STATE', ...state, media, ...(ref === undefined ? {} : { ref }) }
  }

  const command = (frame: Frame, type: 'PLAY' | 'PAUSE' | 'SEEK', user: string) => {
    if (user !== 'host') return
    const is_playing = type === 'SEEK' ? room.playback.is_playing : type === 'PLAY'
    const at = now() + (is_playing ? START_LEAD_MS : 0)
    room.playback = { is_playing, time: frame.time ?? 0, at, rate: 1, version: room.playback.version + 1 }
    const ref = frame.ref === undefined ? {} : { ref: frame.ref }
    room.tell({ type, ...room.playback, user_id: user, ...ref })
  }

  const receive = (socket: ServerSocket, frame: Frame) => {
    const ref = frame.ref === undefined ? {} : { ref: frame.ref }
    if (frame.type !== 'close' && room.loses(frame)) return
    switch (frame.type) {
      case 'close':
        room.sockets.delete(socket)
        if (live.delete(socket) && ![...live].some(({ token }) => token === socket.token))
          room.tell({ type: 'USER_LEFT', user: socket.token, user_id: socket.token, at: now() })
        return
      case 'PING':
        return socket.send({
          type: 'PONG',
          t0: frame.t0,
          t1: now(),
          t2: now(),
          version: room.playback.version,
          protocol: room.protocol,
        })
      case 'SYNC_REQUEST': {
        socket.send(playbackState(frame.ref))
        const { after } = frame
        if (after === undefined) return
        const missed = room.messages.filter((message) => message.id > after)
        const messages = missed.slice(0, room.syncLimit)
        const cut = messages.length < missed.length ? { truncated: true } : {}
        if (messages.length > 0) socket.send({ type: 'CHAT_HISTORY', messages, since: after, ...cut, ...ref })
        return
      }
      case 'CHAT_MESSAGE':
        if (frame.message === 'too fast') {
          const error = { code: 'too_fast', message: 'Wait a moment.', retry_after: 1 }
          return socket.send({ type: 'ERROR', ...error, re: frame.type, ...ref })
        }
        room.say(socket.token, frame.message ?? '')
        return socket.send({ type: 'CHAT_MESSAGE', ...room.messages.at(-1), ...ref })
      case 'PLAY':
      case 'PAUSE':
      case 'SEEK':
        return command(frame, frame.type, socket.token)
    }
  }

  const room: RoomServer = {
    playback: { is_playing: false, time: 0, at: EPOCH, rate: 1, version: 1 },
    messages: [],
    sockets: new Set(),
    told: [],
    calls: [],
    instead: undefined,
    loses: () => false,
    mutes: () => false,
    syncLimit: 200,
    protocol: PROTOCOL_VERSION,
    refuse: (next) => {
      refusal = next
    },
    tell: (event, only = () => true) => {
      room.told.push(event)
      for (const socket of room.sockets) if (only(socket) && !room.mutes(event, socket)) socket.send(event)
    },
    say: (user, message) => {
      const said = { id: id(room.messages.length + 1), user, user_id: user, message, created_at: now() }
      room.messages.push(said)
      room.tell({ type: 'CHAT_MESSAGE', ...said }, ({ token }) => token !== user)
      return said
    },
    accept: (socket) => {
      if (refusal !== undefined) return refusal.status
      const isFirst = ![...room.sockets].some(({ token }) => token === socket.token)
      room.sockets.add(socket)
      socket.received = (frame) => receive(socket, frame as Frame)
      socket.send(participants())
      socket.send({ type: 'CHAT_HISTORY', messages: room.messages.slice(-50) })
      socket.send(playbackState())
      const joined: ServerEvent = { type: 'USER_JOINED', user: socket.token, user_id: socket.token, at: now() }
      time.after(LIVE_AFTER_MS, () => room.sockets.has(socket) && live.add(socket))
      if (isFirst) room.tell(joined, (other) => other !== socket)
      return undefined
    },
    answer: (call) => {
      room.calls.push(call)
      const other = room.instead?.(call)
      if (other !== undefined) return other
      if (refusal !== undefined) return { status: refusal.status, body: { error: 'No.', code: refusal.code } }
      const { pathname, searchParams } = new URL(call.path, 'http://room')
      if (pathname === `/api/rooms/${CODE}/detail`) return { status: 200, body: { ...detail, media } }
      if (pathname === '/api/rooms/join')
        return { status: 200, body: { room_id: CODE, code: CODE, status: 'APPROVED', is_host: false } }
      if (pathname === '/api/rooms/messages') {
        const before = searchParams.get('before')
        if (before !== null) {
          const earlier = room.messages.filter((message) => message.id < before)
          const messages = earlier.slice(-50)
          return { status: 200, body: { messages, next: earlier.length > 50 ? messages.at(0)?.id : null } }
        }
        const after = searchParams.get('after') ?? ''
        const later = room.messages.filter((message) => message.id > after)
        const messages = later.slice(0, 50)
        return { status: 200, body: { messages, next: later.length > 50 ? messages.at(-1)?.id : null } }
      }
      return { status: 404, body: { error: 'There is nothing at this address.', code: 'not_found' } }
    },
  }
  return room
}

export const detail = {
  room_id: CODE,
  code: CODE,
  name: 'Film night',
  is_private: false,
  is_listed: true,
  entry_mode: null,
  is_chat_enabled: true,
  guests_allowed: true,
  host: 'host',
  host_id: 'host',
  media: MEDIA,
  created_at: EPOCH,
  is_host: false,
  viewers: 1,
}

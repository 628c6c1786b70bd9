import type { Bucket } from '../../../functions/domain/bucket.ts'
import {
  chatFrame,
  greetingHistory,
  mayWrite,
  missedHistory,
  mutedUntil,
  type Sender,
  whyMessageRefused,
} from '../../../functions/domain/chat.ts'
import { limitsOf, whyHeldBack } from '../../../functions/domain/message-limits.ts'
import { catchUpFrame, commandFrame, playbackStateFrame } from '../../../functions/domain/playback.ts'
import { may } from '../../../functions/domain/rights.ts'
import { roomUpdated } from '../../../functions/domain/room.ts'
import { readFrame } from '../../../functions/ws/read-frame.ts'
import type { ClientEvent } from '../../../protocol/client-events.ts'
import { type CommandType, isCommandType } from '../../../protocol/event-types.ts'
import { MAX_MISSED_MESSAGES } from '../../../protocol/limits.ts'
import type { SocketRefusalCode } from '../../../protocol/refusal-codes.ts'
import { Refusal } from '../../../protocol/refusals.ts'
import type { ServerEventOf, ShownMessage } from '../../../protocol/server-events.ts'
import { chatRevision, type KeptRoom, memberOf, newest, nextId, shownMessages } from './kept-room.ts'
import type { ServerSocket } from './network.ts'
import { whoIsThere } from './presence.ts'

/** The deployment's defaults: docs/operations.md. */
const START_LEAD_MS = 400
const BUDGET: Bucket = { burst: 10, refillMs: 600 }

const errorFrame = (
  { code, message, retryAfter }: Refusal<SocketRefusalCode>,
  re?: string,
  ref?: string,
): ServerEventOf<'ERROR'> => ({
  ...{ type: 'ERROR', code, message },
  ...(re !== undefined && { re }),
  ...(ref !== undefined && { ref }),
  ...(retryAfter !== undefined && { retry_after: retryAfter }),
})

/** Saves a message and tells everybody. */
export const saveMessage = (
  kept: KeptRoom,
  user: string,
  message: string,
  echo?: { socket: ServerSocket; ref: string | undefined },
): ShownMessage => {
  const said = { id: nextId(kept), user, user_id: user, message, created_at: kept.now() }
  kept.messages.push(said)
  kept.tell(chatFrame(said), echo === undefined ? {} : { echo })
  return said
}

/** Takes one message out of the person's bucket, and of what else holds them back, or says why there is none. */
const spendMessage = (kept: KeptRoom, user: string): Refusal<SocketRefusalCode> | undefined => {
  const now = kept.now()
  const bucket_full_at = kept.bucketFullAt.get(user) ?? now
  const sender: Sender = { ...memberOf(kept, user), bucket_full_at }
  if (!mayWrite(sender, now, BUDGET)) return whyMessageRefused(sender, now, BUDGET)
  const limits = limitsOf(kept.room, sender, now)
  if (limits !== undefined) {
    const used = { wroteAt: kept.wroteAt.get(user) ?? 0, newcomersFullAt: kept.newcomersFullAt }
    const heldBack = whyHeldBack(limits, used, now, BUDGET)
    if (heldBack !== undefined) return heldBack
    kept.wroteAt.set(user, now)
    if (limits.isNewcomer) kept.newcomersFullAt = Math.max(now, kept.newcomersFullAt) + BUDGET.refillMs
  }
  kept.bucketFullAt.set(user, Math.max(now, bucket_full_at) + BUDGET.refillMs)
  return undefined
}

/** By which a frame is known when it comes again: whose it is, its ref, and what it says. Undefined without a ref. */
const markOf = ({ token }: ServerSocket, { ref, ...says }: ClientEvent): string | undefined =>
  ref === undefined ? undefined : JSON.stringify([token, ref, says])

/** Answers a frame whose mark has been heard before with what came of it. False where it is new. */
const isRepeated = (kept: KeptRoom, socket: ServerSocket, event: ClientEvent): boolean => {
  const done = kept.done.get(markOf(socket, event) ?? '')
  if (done === undefined) return false
  if (done !== 'command' && !shownMessages(kept).includes(done)) {
    socket.send(errorFrame(new Refusal('message_not_found'), 'CHAT_MESSAGE', event.ref))
    return true
  }
  socket.send({ ...(done === 'command' ? catchUpFrame(kept.room, kept.now()) : chatFrame(done)), ref: event.ref })
  return true
}

const noteDone = (kept: KeptRoom, socket: ServerSocket, event: ClientEvent, done: 'command' | ShownMessage) => {
  const mark = markOf(socket, event)
  if (mark !== undefined) kept.done.set(mark, done)
}

const chat = (kept: KeptRoom, socket: ServerSocket, event: Extract<ClientEvent, { message: string }>) => {
  const { message, ref } = event
  if (isRepeated(kept, socket, event)) return
  const refusal = kept.room.is_chat_enabled ? spendMessage(kept, socket.token) : new Refusal('chat_disabled')
  if (refusal !== undefined) return socket.send(errorFrame(refusal, 'CHAT_MESSAGE', ref))
  noteDone(kept, socket, event, saveMessage(kept, socket.token, message, { socket, ref }))
}

const command = (kept: KeptRoom, socket: ServerSocket, event: Extract<ClientEvent, { type: CommandType }>) => {
  const { room } = kept
  const { type, time, ref } = event
  if (!may('command', room, socket.token) || isRepeated(kept, socket, event)) return
  const at = kept.now() + (type === 'PAUSE' ? 0 : START_LEAD_MS)
  const is_playing = type === 'SEEK' ? room.is_playing : type === 'PLAY'
  kept.room = { ...room, is_playing, time, at, version: room.version + 1 }
  noteDone(kept, socket, event, 'command')
  kept.tell(commandFrame(type, kept.room, socket.token), { echo: { socket, ref } })
}

const sync = (
  kept: KeptRoom,
  socket: ServerSocket,
  { after, parts, ref }: Extract<ClientEvent, { type: 'SYNC_REQUEST' }>,
) => {
  socket.send(playbackStateFrame(kept.room, kept.now(), ref))
  if (parts?.includes('facts')) socket.send(roomUpdated(kept.room, kept.now()))
  if (parts?.includes('people')) socket.send(whoIsThere(kept, socket.token))
  if (after === undefined) {
    if (parts?.includes('chat')) socket.send(greetingHistory(newest(kept)))
    return
  }
  const missed = shownMessages(kept).filter(({ id }) => id > after)
  const messages = missed.slice(0, MAX_MISSED_MESSAGES)
  const removed = kept.removals.filter(({ id }) => id > after).map(({ message_id }) => message_id)
  const truncated = messages.length < missed.length
  for (const history of missedHistory({ since: after, messages, removed, truncated }, ref)) socket.send(history)
}

/** Does what a client's frame asks for. */
export const receiveFrame = (kept: KeptRoom, socket: ServerSocket, frame: unknown) => {
  const read = readFrame(JSON.stringify(frame))
  if ('refusal' in read) {
    const { refusal, re, ref } = read
    const isCommand = re !== undefined && isCommandType(re)
    if (!isCommand || may('command', kept.room, socket.token)) socket.send(errorFrame(refusal, re, ref))
    return
  }
  const { event } = read
  const { ref } = event
  switch (event.type) {
    case 'PING': {
      const now = kept.now()
      const { version, facts_revision: facts } = kept.room
      const joined = kept.joinedRevision.get(socket.token)
      const people = { people: kept.peopleRevision, ...(joined !== undefined && { joined }) }
      const waiting = may('moderate', kept.room, socket.token) && { waiting: kept.waitingRevision }
      const revisions = { facts, ...people, ...waiting, chat: chatRevision(kept) }
      const muted_until = mutedUntil(memberOf(kept, socket.token), now)
      const pong = { type: 'PONG', t0: event.t0, t1: now, t2: now, version, revisions, muted_until }
      return socket.send({ ...pong, protocol: kept.protocol, ...(ref !== undefined && { ref }) })
    }
    case 'SYNC_REQUEST':
      return sync(kept, socket, event)
    case 'CHAT_MESSAGE':
      return chat(kept, socket, event)
    case 'PLAY':
    case 'PAUSE':
    case 'SEEK':
      return command(kept, socket, event)
    default:
      throw event satisfies never
  }
}

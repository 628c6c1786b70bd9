import type * as z from 'zod'
import type { SyncRequestEvent } from '../../protocol/client-events.ts'
import type { RoomPart } from '../../protocol/event-types.ts'
import { MAX_MISSED_MESSAGES, MESSAGES_PER_PAGE } from '../../protocol/limits.ts'
import type { ServerEvent, ServerEventOf } from '../../protocol/server-events.ts'
import { greetingHistory, missedHistory, sinceCleared } from '../domain/chat.ts'
import { playbackStateFrame } from '../domain/playback.ts'
import { participantsFrame } from '../domain/presence.ts'
import { type Room, roomUpdated } from '../domain/room.ts'
import { post } from '../fanout/post.ts'
import { count } from '../metrics/tally.ts'
import type { TellingServices } from '../middleware/services.ts'
import { allOf } from '../table/all-of.ts'
import { type AgeLimit, messagesAfter, newestMessages } from '../table/messages.ts'
import { presencesIn } from '../table/presences.ts'
import { removalsAfter } from '../table/removed-messages.ts'
import type { Frame } from './socket.ts'
import { stillWelcome, type Welcome } from './still-welcome.ts'

type Asked = z.infer<typeof SyncRequestEvent>
type History = ServerEventOf<'CHAT_HISTORY'>

/** One more than is sent tells whether there are more. */
const READ = MAX_MISSED_MESSAGES + 1

/** What was said and removed since the message that the client named or, where it holds none, the newest messages. */
const readChat = async (code: string, { after, parts }: Asked, kept: AgeLimit) => {
  if (after === undefined)
    return {
      newest: parts?.includes('chat') === true ? await newestMessages(code, MESSAGES_PER_PAGE, kept) : undefined,
    }
  const [messages, removals] = await allOf([messagesAfter(code, after, READ, kept), removalsAfter(code, after, READ)])
  return { after, messages, removed: removals.map(({ message_id }) => message_id) }
}

const chatFrames = (room: Room, read: Awaited<ReturnType<typeof readChat>>, ref: string | undefined): History[] => {
  if (read.after === undefined)
    return read.newest === undefined ? [] : [greetingHistory(sinceCleared(read.newest, room))]
  const { after: since, messages, removed } = read
  const missed = {
    since,
    messages: sinceCleared(messages.slice(0, MAX_MISSED_MESSAGES), room),
    removed: removed.slice(0, MAX_MISSED_MESSAGES),
    truncated: messages.length === READ || removed.length === READ,
  }
  return missedHistory(missed, ref)
}

/** Whole parts of the room. The presences are read after the revision of the people: the list is no older than it. */
const partFrames = async (
  { room, presence, revisions }: Welcome,
  parts: readonly RoomPart[],
  clock: () => number,
): Promise<ServerEvent[]> => {
  const frames: ServerEvent[] = []
  if (parts.includes('facts')) frames.push(roomUpdated(room, clock()))
  if (parts.includes('people'))
    frames.push(participantsFrame(room, await presencesIn(room.code), presence, clock(), revisions.people.revision))
  return frames
}

/** A client that lacks a piece of its answer must hear that it is not whole. */
const markedIncomplete = (event: ServerEvent): ServerEvent =>
  event.type === 'CHAT_HISTORY' ? { ...event, truncated: true } : event

/**
 * Answers with the playback, then with the parts that the client asks for, then with the messages that it lacks. The last
 * frame is returned as the route's response, the ones before it are posted, one after the other.
 */
export const syncRequest = async (
  frame: Frame,
  asked: Asked,
  services: TellingServices<'message'>,
): Promise<ServerEvent | undefined> => {
  const { code, connectionId } = frame.socket
  const { clock, settings } = services
  count('SyncRequests')
  const [welcome, read] = await allOf([
    stillWelcome(frame, { re: 'SYNC_REQUEST', ref: asked.ref }, services),
    readChat(code, asked, { now: clock(), days: settings.MESSAGE_DAYS }),
  ])
  if (welcome === undefined) return undefined
  const parts = await partFrames(welcome, asked.parts ?? [], clock)
  const histories = chatFrames(welcome.room, read, asked.ref)
  const frames = [playbackStateFrame(welcome.room, clock(), asked.ref), ...parts, ...histories]
  const last = frames.pop()
  let isWhole = true
  for (const one of frames) isWhole = (await post(connectionId, JSON.stringify(one))) === 'delivered' && isWhole
  return last === undefined || isWhole ? last : markedIncomplete(last)
}

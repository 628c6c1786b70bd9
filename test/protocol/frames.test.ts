import { describe, expect, it } from 'vitest'
import { greetingHistory, missedHistory } from '../../functions/domain/chat.ts'
import { commandFrame, playbackStateFrame } from '../../functions/domain/playback.ts'
import { participantsFrame } from '../../functions/domain/presence.ts'
import { removal } from '../../functions/domain/removal.ts'
import { mediaLearned, roomUpdated } from '../../functions/domain/room.ts'
import { errorFrame } from '../../functions/ws/answer-error.ts'
import { Ref } from '../../protocol/client-events.ts'
import {
  MAX_LISTED_PARTICIPANTS,
  MAX_MISSED_MESSAGES,
  MAX_SERVER_FRAME_BYTES,
  MESSAGES_PER_PAGE,
} from '../../protocol/limits.ts'
import { Media } from '../../protocol/media.ts'
import { socketRefusalCodes } from '../../protocol/refusal-codes.ts'
import { Refusal } from '../../protocol/refusals.ts'
import { RemovalCode, ServerEvent, type ServerEventOf } from '../../protocol/server-events.ts'
import { byteLength, DisplayName, MessageText } from '../../protocol/text.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import {
  aPresence,
  aRoom,
  id,
  longestMedia,
  longestName,
  longestRef,
  longestText,
  NOW,
  someMessages,
} from './largest.ts'

const bytesOf = (frame: ServerEvent): number => byteLength(JSON.stringify(frame))
const who = { user: longestName, user_id: id(0) }
const room = aRoom({ name: longestName, host: longestName, media: longestMedia, is_playing: true })
const messages = someMessages(MAX_MISSED_MESSAGES + 1, longestText)
const errors = socketRefusalCodes.map((code) =>
  errorFrame(new Refusal(code, { retryAfter: Number.MAX_SAFE_INTEGER }), { re: longestRef, ref: longestRef }),
)

const largest = <E extends ServerEvent>(frames: readonly E[]): E => {
  const [first] = [...frames].sort((a, b) => bytesOf(b) - bytesOf(a))
  if (first === undefined) throw new Error('There is no such frame.')
  return first
}

const missed = {
  since: messages[0]?.id ?? '',
  messages: messages.slice(1),
  removed: someMessages(MAX_MISSED_MESSAGES, 'hi').map((message) => message.id),
  truncated: true,
}

/** The largest legal frame of every event. An event that is missing here does not compile. */
const frames: { [T in ServerEvent['type']]: ServerEventOf<T> } = {
  USER_JOINED: { type: 'USER_JOINED', ...who, at: NOW },
  USER_LEFT: { type: 'USER_LEFT', ...who, at: NOW },
  ROOM_PARTICIPANTS: participantsFrame(
    room,
    Array.from({ length: MAX_LISTED_PARTICIPANTS + 1 }, (_, index) => aPresence(id(index), longestName)),
    { user_id: id(0), name: longestName },
    NOW,
    Number.MAX_SAFE_INTEGER,
  ),
  CHAT_MESSAGE: {
    type: 'CHAT_MESSAGE',
    ...someMessages(1, longestText)[0],
    ref: longestRef,
  } as ServerEventOf<'CHAT_MESSAGE'>,
  CHAT_HISTORY: largest([greetingHistory(messages), ...missedHistory(missed, longestRef)]),
  MESSAGE_REMOVED: { type: 'MESSAGE_REMOVED', id: 'I'.repeat(64), revision: 'I'.repeat(64), user_id: id(0) },
  PLAY: { ...commandFrame('PLAY', room, id(0)), ref: longestRef } as ServerEventOf<'PLAY'>,
  PAUSE: { ...commandFrame('PAUSE', room, id(0)), ref: longestRef } as ServerEventOf<'PAUSE'>,
  SEEK: { ...commandFrame('SEEK', room, id(0)), ref: longestRef } as ServerEventOf<'SEEK'>,
  PLAYBACK_STATE: playbackStateFrame(room, NOW, longestRef),
  PONG: {
    type: 'PONG',
    t0: -Number.MAX_VALUE,
    t1: NOW,
    t2: NOW,
    version: room.version,
    revisions: {
      facts: Number.MAX_SAFE_INTEGER,
      people: Number.MAX_SAFE_INTEGER,
      joined: Number.MAX_SAFE_INTEGER,
      waiting: Number.MAX_SAFE_INTEGER,
      chat: '0'.repeat(26),
    },
    muted_until: Number.MAX_SAFE_INTEGER,
    protocol: PROTOCOL_VERSION,
    ref: longestRef,
  },
  ERROR: largest(errors),
  ROOM_UPDATED: roomUpdated(room, NOW),
  MEDIA_LEARNED: mediaLearned(longestMedia, Number.MAX_SAFE_INTEGER),
  PAUSE_ASKED: { type: 'PAUSE_ASKED', ...who, at: NOW },
  MUTED: { type: 'MUTED', until: Number.MAX_SAFE_INTEGER, at: NOW },
  JOIN_REQUESTED: { type: 'JOIN_REQUESTED', ...who },
  JOIN_RESOLVED: { type: 'JOIN_RESOLVED', ...who, status: 'APPROVED' },
  ROOM_DELETED: removal('room_deleted') as ServerEventOf<'ROOM_DELETED'>,
  REMOVED: largest(
    RemovalCode.options.filter((code) => code !== 'room_deleted').map(removal),
  ) as ServerEventOf<'REMOVED'>,
}

describe('[X3] the largest legal frame', () => {
  it.each(Object.entries(frames))('of %s is legal and under 30 KB', (type, frame) => {
    expect(ServerEvent.parse(frame)).toEqual(frame)
    expect(frame.type).toBe(type)
    expect(bytesOf(frame)).toBeLessThanOrEqual(MAX_SERVER_FRAME_BYTES)
  })

  it('is made of the longest names, texts, media and marks that the protocol takes, and of nothing longer', () => {
    expect(DisplayName.parse(longestName)).toBe(longestName)
    expect(DisplayName.safeParse(`${longestName}x`).success).toBe(false)
    expect(MessageText.parse(longestText)).toBe(longestText)
    expect(MessageText.safeParse(`${longestText}x`).success).toBe(false)
    expect(Media.parse(longestMedia)).toEqual(longestMedia)
    expect(Media.safeParse({ ...longestMedia, url: `${longestMedia.url}x` }).success).toBe(false)
    expect(Ref.parse(longestRef)).toBe(longestRef)
  })
})

describe('[W5] ROOM_PARTICIPANTS', () => {
  it('is cut to what fits, says so, and still counts everybody', () => {
    const frame = frames.ROOM_PARTICIPANTS
    expect(frame).toMatchObject({ truncated: true, viewers: MAX_LISTED_PARTICIPANTS + 1 })
    expect(frame.members.length).toBeLessThan(MAX_LISTED_PARTICIPANTS)
    expect(frame.participants).toHaveLength(frame.members.length)
    // As many as fit: one more would not.
    const one = byteLength(JSON.stringify(frame.members[1])) + byteLength(JSON.stringify(longestName)) + 2
    expect(bytesOf(frame) + one).toBeGreaterThan(MAX_SERVER_FRAME_BYTES)
  })

  it('names two hundred people of ordinary names and no more, the host first', () => {
    const people = Array.from({ length: MAX_LISTED_PARTICIPANTS + 50 }, (_, index) =>
      aPresence(id(index), `Person ${index}`),
    )
    const frame = participantsFrame(aRoom({ host_id: id(120) }), people, { user_id: id(7), name: 'Person 7' }, NOW, 7)
    expect(frame.members).toHaveLength(MAX_LISTED_PARTICIPANTS)
    expect(frame.members[0]).toEqual({ user_id: id(120), name: 'Person 120', role: 'host' })
    expect(frame.members.map((member) => member.user_id)).toContain(id(7))
    expect(frame).toMatchObject({ truncated: true, viewers: MAX_LISTED_PARTICIPANTS + 50 })
    expect(bytesOf(frame)).toBeLessThanOrEqual(MAX_SERVER_FRAME_BYTES)
  })
})

describe('[W6] CHAT_HISTORY', () => {
  it('holds the newest that fit, oldest first', () => {
    const frame = greetingHistory(messages.slice(-MESSAGES_PER_PAGE))
    expect(frame.truncated).toBe(true)
    expect(frame.messages).toEqual(messages.slice(-frame.messages.length))
    expect(bytesOf(frame) + bytesOf(frames.CHAT_MESSAGE)).toBeGreaterThan(MAX_SERVER_FRAME_BYTES - 512)
  })

  it('holds fifty short ones, whole', () => {
    const short = someMessages(MESSAGES_PER_PAGE, 'hi', 'Ana')
    expect(greetingHistory(short)).toEqual({ type: 'CHAT_HISTORY', messages: short })
  })

  it('[K3] brings missed messages in as many frames as it takes, each under 30 KB, none lost, in order', () => {
    const run = missedHistory(missed, longestRef)
    expect(run.length).toBeGreaterThan(1)
    for (const frame of run) expect(bytesOf(frame)).toBeLessThanOrEqual(MAX_SERVER_FRAME_BYTES)
    expect(run.flatMap((frame) => frame.messages)).toEqual(messages.slice(1))
    expect(run.map((frame) => frame.truncated ?? false)).toEqual([...run.slice(1).map(() => false), true])
  })
})

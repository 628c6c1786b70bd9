import { ulid } from 'ulid'
import { describe, expect, it } from 'vitest'
import { latestFullAt } from '../../functions/domain/bucket.ts'
import {
  chatFrame,
  greetingHistory,
  mayWrite,
  missedHistory,
  type Sender,
  whyMessageRefused,
} from '../../functions/domain/chat.ts'
import { MAX_SERVER_FRAME_BYTES } from '../../protocol/limits.ts'
import { ServerEvent, type ShownMessage } from '../../protocol/server-events.ts'
import { byteLength } from '../../protocol/text.ts'

const NOW = 1_790_000_000_000
const budget = { burst: 10, refillMs: 600 }
const sender = (change: Partial<Sender> = {}): Sender => ({
  ...{ user_id: 'ana', name: 'Ana', is_guest: true, status: 'APPROVED', status_at: NOW },
  ...{ muted_until: null, hosting_since: null, left_at: 0, bucket_full_at: 0 },
  ...change,
})
const messages = (count: number, text = 'Hello'): ShownMessage[] =>
  Array.from({ length: count }, (_, n) => {
    return { id: ulid(NOW + n), user: 'Ana', user_id: 'ana', message: text, created_at: NOW + n }
  })
const sizeOf = (frame: unknown): number => byteLength(JSON.stringify(frame))

describe('[C3] a message in budget', () => {
  it.each<[string, Sender | undefined, boolean, string]>([
    ['from a full bucket', sender(), true, ''],
    ['the tenth at once', sender({ bucket_full_at: NOW + 5400 }), true, ''],
    ['the eleventh at once', sender({ bucket_full_at: NOW + 6000 }), false, 'too_fast 1'],
    ['a millisecond too early', sender({ bucket_full_at: NOW + 5401 }), false, 'too_fast 1'],
    ['from an overdrawn bucket', sender({ bucket_full_at: NOW + 5400 + 2100 }), false, 'too_fast 3'],
    ['muted', sender({ muted_until: NOW + 1 }), false, 'muted 1'],
    ['muted for long', sender({ muted_until: NOW + 90_001 }), false, 'muted 91'],
    ['muted until now', sender({ muted_until: NOW }), true, ''],
    ['waiting', sender({ status: 'PENDING' }), false, 'not_a_member undefined'],
    ['banned and muted', sender({ status: 'BANNED', muted_until: NOW + 9 }), false, 'not_a_member undefined'],
    ['from nobody', undefined, false, 'not_a_member undefined'],
  ])('%s', (_, who, may, refusal) => {
    expect(mayWrite(who, NOW, budget)).toBe(may)
    if (may) return
    const { code, retryAfter } = whyMessageRefused(who, NOW, budget)
    expect(`${code} ${retryAfter}`).toBe(refusal)
  })

  it('a burst of one leaves no room beside it', () => {
    expect(latestFullAt(NOW, { burst: 1, refillMs: 600 })).toBe(NOW)
  })
})

describe('frames of chat', () => {
  it('[C2] a message is told as it is kept', () => {
    const [message] = messages(1)
    if (message === undefined) throw new Error('No message.')
    expect(chatFrame(message)).toEqual({ type: 'CHAT_MESSAGE', ...message })
  })

  it.each([
    ['nothing', messages(0), 0, undefined],
    ['fifty', messages(50), 50, undefined],
    ['fifty-one', messages(51), 50, true],
  ])('[W6] the greeting after %s', (_, all, count, truncated) => {
    const frame = greetingHistory(all)
    expect(ServerEvent.parse(frame)).toEqual(frame)
    expect(frame.messages).toEqual(all.slice(all.length - count))
    expect(frame.truncated).toBe(truncated)
    expect(frame).not.toHaveProperty('since')
  })

  it('[W6] [X3] keeps the newest that fit 30 KB', () => {
    const all = messages(50, '"'.repeat(500))
    const frame = greetingHistory(all)
    expect(sizeOf(frame)).toBeLessThanOrEqual(MAX_SERVER_FRAME_BYTES)
    expect(frame.messages.length).toBeGreaterThan(20)
    expect(frame.messages).toEqual(all.slice(-frame.messages.length))
    expect(frame.truncated).toBe(true)
  })

  const nothing = { since: 'since', messages: [], removed: [], truncated: false }

  it('[K3] what was missed comes whole, in order, fifty a frame, the end marked where there is more', () => {
    const all = messages(120)
    const frames = missedHistory({ ...nothing, messages: all, truncated: true }, 'mine')
    expect(frames.map((frame) => frame.messages.length)).toEqual([50, 50, 20])
    expect(frames.flatMap((frame) => frame.messages)).toEqual(all)
    expect(frames.map((frame) => frame.truncated)).toEqual([undefined, undefined, true])
    for (const frame of frames) expect(frame).toMatchObject({ since: 'since', ref: 'mine' })
  })

  it('[K3] [X3] long messages take more frames, none of them too large', () => {
    const all = messages(200, '😀'.repeat(500))
    const frames = missedHistory({ ...nothing, messages: all }, undefined)
    expect(frames.flatMap((frame) => frame.messages)).toEqual(all)
    expect(Math.max(...frames.map(sizeOf))).toBeLessThanOrEqual(MAX_SERVER_FRAME_BYTES)
    expect(frames.length).toBeLessThan(30)
  })

  it('[C5] [X3] what was removed is in the first frame, and takes its room from no message', () => {
    const all = messages(200, '😀'.repeat(500))
    const removed = messages(200).map(({ id }) => id)
    const frames = missedHistory({ ...nothing, messages: all, removed }, undefined)
    expect(frames.map((frame) => frame.removed)).toEqual([removed, ...frames.slice(1).map(() => undefined)])
    expect(frames.flatMap((frame) => frame.messages)).toEqual(all)
    expect(Math.max(...frames.map(sizeOf))).toBeLessThanOrEqual(MAX_SERVER_FRAME_BYTES)
  })

  it('[K3] nothing missed is one empty frame, so that the end is heard', () => {
    expect(missedHistory(nothing, undefined)).toEqual([{ type: 'CHAT_HISTORY', messages: [], since: 'since' }])
  })
})

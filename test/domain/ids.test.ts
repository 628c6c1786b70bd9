import { describe, expect, it } from 'vitest'
import { earliestMessageId, randomIds } from '../../functions/domain/ids.ts'
import { CODE_ALPHABET, Id, MessageId, parseRoomCode } from '../../protocol/ids.ts'
import { Media } from '../../protocol/media.ts'
import { timeOfMessageId } from '../../protocol/message-time.ts'

const THOUSAND = Array.from({ length: 1000 })

describe('[R2] room codes', () => {
  it('have no two letters that look alike', () => {
    for (const pair of ['0O', '1I', 'IL', '2Z', '5S', '8B', 'UV'])
      expect([...pair].filter((letter) => CODE_ALPHABET.includes(letter)).length, pair).toBeLessThan(2)
    expect(new Set(CODE_ALPHABET).size).toBe(CODE_ALPHABET.length)
  })

  it('made here are such as can be read, and hardly ever the same', () => {
    const codes = THOUSAND.map(() => randomIds.roomCode())
    expect(codes.filter((code) => parseRoomCode(code) !== code)).toEqual([])
    expect(new Set(codes).size).toBeGreaterThan(990)
    expect(new Set(codes.join('')).size).toBe(CODE_ALPHABET.length)
  })

  it.each([
    ['K7WQ3F', 'K7WQ3F'],
    [' k7wq3f ', 'K7WQ3F'],
    ['K7WQ3', undefined],
    ['K7WQ3FF', undefined],
    ['K7WQ30', undefined],
    ['K7 WQ3', undefined],
    ['K7WQ3F\nX', undefined],
    ['K7W-Q3F', 'K7WQ3F'],
    ['k7w–q3f', 'K7WQ3F'],
    ['“K7WQ3F”.', 'K7WQ3F'],
    ['#K7WQ3F', 'K7WQ3F'],
    ['K7WQ3F\u200b', 'K7WQ3F'],
    ['K7\u00adWQ3F\u00a0', 'K7WQ3F'],
    ['Ｋ７ＷＱ３Ｆ', 'K7WQ3F'],
    ['https://streamit.example/r/k7wq3f', 'K7WQ3F'],
    ['streamit.example/r/K7WQ3F/?x=1', 'K7WQ3F'],
    ['https://streamit.example/r/K7WQ3FF', undefined],
    ['К7WQ3F', undefined],
    ['', undefined],
  ])('%j is read as %j', (typed, code) => {
    expect(parseRoomCode(typed)).toBe(code)
  })
})

describe('ids', () => {
  it('of users and tokens are all different, and ids of the contract', () => {
    const ids = THOUSAND.flatMap(() => [randomIds.user(), randomIds.token()])
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => Id.safeParse(id).success)).toBe(true)
  })

  it('of messages sort by their time', () => {
    const ids = [5, 1, 3, 2, 4].map((n) => randomIds.message(1_790_000_000_000 + n))
    expect([...ids].sort()).toEqual([1, 3, 2, 4, 0].map((n) => ids[n]))
    expect(ids.every((id) => MessageId.safeParse(id).success)).toBe(true)
  })

  it('of messages tell their time', () => {
    for (const time of [1, 1_790_000_000_123, 2 ** 48 - 1]) {
      expect(timeOfMessageId(randomIds.message(time))).toBe(time)
      expect(timeOfMessageId(earliestMessageId(time))).toBe(time)
    }
  })

  it.each(['', 'x'.repeat(65), '\ud800', 7, null])('%j is no id', (id) => {
    expect(Id.safeParse(id).success).toBe(false)
  })

  it.each(['01ARZ3NDEKTSV4RRFFQ69G5FA', '01ARZ3NDEKTSV4RRFFQ69G5FAI', '01arz3ndektsv4rrffq69g5fav', '~'.repeat(26)])(
    '%s is no id of a message',
    (id) => {
      expect(MessageId.safeParse(id).success).toBe(false)
    },
  )

  it('[R1] room passwords have ten letters', () => {
    const passwords = THOUSAND.map(() => randomIds.roomPassword())
    expect(passwords.every((password) => /^[3-9A-Y]{10}$/.test(password))).toBe(true)
    expect(new Set(passwords).size).toBe(1000)
  })
})

describe('[R3] media', () => {
  it('is completed with what is not known', () => {
    const url = 'https://a.example/v.mp4'
    expect(Media.parse({ url, more: 1 })).toEqual({ url, title: null, duration: null })
    expect(Media.parse({ url, title: '  A film ', duration: 1.5 })).toEqual({ url, title: 'A film', duration: 1.5 })
  })

  it.each([
    ['https://a.example', true],
    ['HTTPS://A.EXAMPLE/v', true],
    ['https://a.example:8443/v?x=1#t=5', true],
    ['https://münchen.example/v', true],
    ['http://localhost/v', true],
    ['http://127.0.0.1:8000/v', true],
    ['http://[::1]/v', true],
    ['http://127.0.0.2/v', false],
    ['http://localhost.example/v', false],
    ['http://localhost@a.example/v', false],
    ['https://:secret@a.example/v', false],
    ['//a.example/v', false],
    ['blob:https://a.example/1', false],
    ['ws://localhost/v', false],
    [' javascript:alert(1)', false],
    ['https://', false],
    ['https://a.example/\udfff', false],
  ])('%j may be played: %s', (url, good) => {
    expect(Media.safeParse({ url }).success).toBe(good)
  })
})

import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { logger } from '../../functions/middleware/logging.ts'
import { refusals } from '../../protocol/refusals.ts'
import { chooseSeed, createRandom } from '../client/simulated/seeded-random.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { RoomSocket } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'
import { eventIn, frameWithout } from './fuzzing/frames.ts'
import { fuzzRequest } from './fuzzing/requests.ts'

const FRAMES = 8_000
const REQUESTS = 2_500
const FRAMES_AT_ONCE = 50
const REQUESTS_AT_ONCE = 25
const TIMEOUT_MS = 120_000

const seed = chooseSeed('fuzz')

const stage = setUpStage()
let code: string
let host: RoomSocket
let muted: RoomSocket
let member: RoomSocket
let bystander: RoomSocket
let stranger: Person
let greeted: number
/** Watched, not replaced: what the functions log as a fault. Vitest forgets a spy's calls before each test. */
const errors = vi.spyOn(logger, 'error')
const faults: unknown[] = []
afterEach(() => void faults.push(...errors.mock.calls))

beforeAll(async () => {
  const room = await stage.room()
  code = room.code
  const [bo, cy, di] = await Promise.all(['Bo', 'Cy', 'Di'].map((name) => stage.member(code, name)))
  if (bo === undefined || cy === undefined || di === undefined) throw new Error('Three have joined.')
  await stage.call('rooms/mute', { room_id: code, user_id: bo.id, seconds: 86_400 }, room.host)
  bystander = await stage.enter(code, di)
  host = await stage.enter(code, room.host)
  muted = await stage.enter(code, bo)
  member = await stage.enter(code, cy)
  stranger = await stage.guest('Stranger')
  // A first PING is noted in the table: dozens at once would all be.
  for (const { socket } of senders()) {
    socket.send({ type: 'PING', t0: 0 })
    await socket.next('PONG')
  }
  await quiet()
  greeted = bystander.frames.length
})

const quiet = async () => {
  await stage.settled()
  await stage.settled()
}

/** Whose sockets, and which of the legal events would rightly be told to others. */
const senders = () => [
  { socket: host, isHost: true, excluded: ['CHAT_MESSAGE', 'PLAY', 'PAUSE', 'SEEK'] as const },
  { socket: muted, isHost: false, excluded: [] as const },
  { socket: member, isHost: false, excluded: ['CHAT_MESSAGE'] as const },
]

const isPlaybackType = (text: string): boolean => {
  try {
    return ['PLAY', 'PAUSE', 'SEEK'].includes(JSON.parse(text)?.type)
  } catch {
    return false
  }
}

/** How many frames answer this one: none for a playback command of anyone but the host, two for messages since one. */
const answersTo = (text: string, isHost: boolean): number => {
  if (!isHost && isPlaybackType(text)) return 0
  const event = eventIn(text)
  return event?.type === 'SYNC_REQUEST' && event.after !== undefined ? 2 : 1
}

describe(`with the seed ${seed}`, () => {
  it(
    `[X1] ${FRAMES} random frames are each answered to their sender, break nothing and reach nobody else`,
    async () => {
      const random = createRandom(seed)
      for (let sent = 0; sent < FRAMES; sent += FRAMES_AT_ONCE) {
        const batch = senders().map((sender) => ({
          ...sender,
          before: sender.socket.frames.length,
          texts: [] as string[],
        }))
        for (let index = 0; index < FRAMES_AT_ONCE; index += 1) {
          const sender = batch[index % batch.length]
          if (sender === undefined) throw new Error('There are senders.')
          const text = frameWithout(random, sender.excluded)
          sender.texts.push(text)
          sender.socket.send(text)
        }
        await quiet()
        for (const { socket, isHost, before, texts } of batch) {
          expect(socket.socket.readyState).toBe(socket.socket.OPEN)
          const expected = texts.reduce((sum, text) => sum + answersTo(text, isHost), 0)
          const heard = socket.frames.slice(before)
          expect(heard.filter((frame) => frame.type === 'ERROR' && frame.code === 'fault')).toEqual([])
          expect(heard.length, texts.join('\n')).toBe(expected)
        }
      }
      const codes = new Set(senders().flatMap(({ socket }) => socket.all('ERROR').map((error) => error.code)))
      // That the frames were worth sending: every way of being wrong occurs, and right ones get through.
      expect([...codes].sort()).toEqual(['invalid_field', 'invalid_json', 'muted', 'too_large', 'unknown_type'])
      expect(muted.all('PONG').length).toBeGreaterThan(10)
    },
    TIMEOUT_MS,
  )

  it(
    `[H2] ${REQUESTS} random requests each get an answer of the contract`,
    async () => {
      const random = createRandom(seed + 1)
      const statuses = new Map<number, number>()
      for (let sent = 0; sent < REQUESTS; sent += REQUESTS_AT_ONCE) {
        const requests = Array.from({ length: REQUESTS_AT_ONCE }, () => fuzzRequest(random, code, stranger.token))
        const answers = await Promise.all(
          requests.map(({ method, path, ...options }) => stage.request(method, path, options)),
        )
        for (const [index, { status, body }] of answers.entries()) {
          const asked = JSON.stringify(requests[index])
          statuses.set(status, (statuses.get(status) ?? 0) + 1)
          expect(status, asked).toBeLessThan(500)
          if (status < 400) continue
          expect(Object.keys(refusals), asked).toContain(body.code)
          expect(body.error, asked).toMatch(/^[A-Z].+/s)
        }
      }
      for (const status of [200, 400, 401, 403, 404]) expect(statuses.get(status), String(status)).toBeGreaterThan(10)
    },
    TIMEOUT_MS,
  )

  it('nothing was logged as a fault, everybody is still there, and the bystander has heard nothing', async () => {
    await quiet()
    expect([...faults, ...errors.mock.calls]).toEqual([])
    for (const { socket } of [...senders(), { socket: bystander }])
      expect(socket.socket.readyState).toBe(socket.socket.OPEN)
    expect(bystander.frames.slice(greeted)).toEqual([])
    host.send({ type: 'PLAY', time: 1 })
    expect(await bystander.next('PLAY')).toMatchObject({ time: 1, version: 1 })
  })
})

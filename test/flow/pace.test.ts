import { describe, expect, it } from 'vitest'
import { DECISION_EVERY_MS, DECISIONS_AT_ONCE } from '../../protocol/limits.ts'
import type { RouteName } from '../../protocol/routes.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

// [R37] By no call does one person make a whole room hear things without an end.

// It stands still: how fast the machine is decides nothing here.
const began = Date.now()
const stage = setUpStage({ clock: () => began })

type Call = [name: RouteName, body: (code: string, host: Person, ana: Person) => object]

const about = (code: string, { id }: Person) => ({ room_id: code, user_id: id })

/** What a host can say to and fro, each heard by everybody or by somebody. */
const toAndFro: Record<string, readonly [Call, Call]> = {
  'a setting': [
    ['rooms/settings', (room_id) => ({ room_id, control: 'EVERYONE' })],
    ['rooms/settings', (room_id) => ({ room_id, control: 'HOSTS' })],
  ],
  'the same video': [
    ['rooms/settings', (room_id) => ({ room_id, media: null })],
    ['rooms/settings', (room_id) => ({ room_id, media: null })],
  ],
  'a role': [
    ['rooms/role', (code, _, ana) => ({ ...about(code, ana), role: 'cohost' })],
    ['rooms/role', (code, _, ana) => ({ ...about(code, ana), role: 'participant' })],
  ],
  'an offer of the room': [
    ['rooms/transfer', (code, _, ana) => about(code, ana)],
    ['rooms/transfer', (code, host) => about(code, host)],
  ],
  'a mute': [
    ['rooms/mute', (code, _, ana) => ({ ...about(code, ana), seconds: 60 })],
    ['rooms/unmute', (code, _, ana) => about(code, ana)],
  ],
  'a call that was answered before': [
    ['rooms/take-over', (room_id) => ({ room_id })],
    ['rooms/take-back', (room_id) => ({ room_id })],
  ],
}

describe('[R37] to and fro, without a pause:', () => {
  it.each(Object.entries(toAndFro))(
    '%s is refused in the end, and goes on half a second later',
    async (_what, calls) => {
      const { code, host } = await stage.room()
      const ana = await stage.member(code, 'Ana')
      const post = async (turn: number) => {
        const [name, body] = calls[turn % 2] as Call
        return stage.request('POST', `/api/${name}/`, { body: body(code, host, ana), token: host.token })
      }
      let turn = 0
      let answer = await post(turn)
      while (answer.status === 200 && turn < 4 * DECISIONS_AT_ONCE) answer = await post(++turn)
      expect(turn).toBeGreaterThanOrEqual(DECISIONS_AT_ONCE)
      expect(answer).toMatchObject({ status: 429, body: { code: 'too_fast', retry_after: 1 } })
      stage.elapse(DECISION_EVERY_MS)
      expect((await post(turn)).status).toBe(200)
    },
  )

  it('leaving again and declining again are answered as often, and are over as well', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await stage.call('rooms/transfer', about(code, ana), host)
    const calls: [RouteName, object][] = [
      ['rooms/accept-transfer', { room_id: code, accept: false }],
      ['rooms/leave', { room_id: code }],
    ]
    for (const [name, body] of calls) {
      const post = () => stage.request('POST', `/api/${name}/`, { body, token: ana.token })
      expect((await post()).status, name).toBe(200)
      const statuses = new Set<number>()
      for (let times = 0; times < 4 * DECISIONS_AT_ONCE; times += 1) statuses.add((await post()).status)
      expect([...statuses], name).toEqual([200, 429])
      stage.elapse(DECISIONS_AT_ONCE * DECISION_EVERY_MS)
    }
  })
})

describe('[R37] the same name again', () => {
  const again = async (person: Person) => {
    const statuses = new Set<number>()
    for (let times = 0; times < DECISIONS_AT_ONCE + 2; times += 1) {
      const body = { display_name: person.name }
      statuses.add((await stage.request('POST', '/api/auth/name/', { body, token: person.token })).status)
    }
    await stage.settled()
    return [...statuses]
  }

  it('of a host is told to the room as often, and no more', async () => {
    const { code, host } = await stage.room()
    const socket = await stage.enter(code, await stage.member(code, 'Ana'))
    await stage.settled()
    expect(await again(host)).toEqual([200, 429])
    expect(socket.all('ROOM_UPDATED')).toHaveLength(DECISIONS_AT_ONCE)
  })

  it('of who waits rings at the door as often, and no more', async () => {
    const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
    const socket = await stage.enter(code, host)
    const ana = await stage.guest('Ana')
    await stage.call('rooms/join', { code }, ana)
    expect(await again(ana)).toEqual([200, 429])
    expect(socket.all('JOIN_REQUESTED')).toHaveLength(1 + DECISIONS_AT_ONCE)
  })
})

it('[R37] each person has their own, in each room, and what is refused leaves nothing in the audit', async () => {
  const { code, host } = await stage.room()
  const ana = await stage.member(code, 'Ana')
  await stage.call('rooms/role', { ...about(code, ana), role: 'cohost' }, host)
  const lock = (person: Person, is_locked: boolean) =>
    stage.request('POST', '/api/rooms/settings/', { body: { room_id: code, is_locked }, token: person.token })
  let refused = 0
  for (let turn = 0; turn < 4 * DECISIONS_AT_ONCE && refused === 0; turn += 1)
    if ((await lock(ana, turn % 2 === 0)).status === 429) refused += 1
  expect(refused).toBe(1)
  const before = (await stage.call('rooms/audit', { room_id: code }, host)).entries[0]?.id
  expect((await lock(ana, true)).status).toBe(429)
  expect((await stage.call('rooms/audit', { room_id: code }, host)).entries[0]?.id).toBe(before)
  expect((await lock(host, false)).status).toBe(200)
})

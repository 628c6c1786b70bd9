import { describe, expect, it } from 'vitest'
import { type RouteName, routes } from '../../protocol/routes.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { refusedWith } from '../staging/socket.ts'
import type { Answer, Person } from '../staging/stage.ts'

const stage = setUpStage()

const post = (name: RouteName, body: Record<string, unknown>, caller: Person): Promise<Answer> =>
  stage.request('POST', routes[name].path, { body, token: caller.token })
const hostOf = async (code: string, member: Person) => {
  const { host_id, host } = await stage.call('rooms/detail', { code }, member)
  return { host_id, host }
}
const memberIn = async (code: string, host: Person, { id }: Person) =>
  (await stage.call('rooms/participants', { room_id: code }, host)).participants.find((one) => one.id === id)

const hostOnly = [
  ...(['rooms/approve', 'rooms/reject', 'rooms/kick', 'rooms/ban', 'rooms/unban', 'rooms/unmute'] as const),
  ...(['rooms/mute', 'rooms/transfer', 'rooms/settings', 'rooms/delete', 'rooms/reject-all'] as const),
]

describe.each(hostOnly)('%s', (name) => {
  const bodyFor = (code: string, person: Person) => ({ room_id: code, user_id: person.id, seconds: 60, name: 'Mine' })

  it('[R7] [R9] [R12] [R13] from anyone but the host is 403 not_host and changes nothing', async () => {
    const { code, host } = await stage.room()
    const [ana, bo] = [await stage.member(code, 'Ana'), await stage.member(code, 'Bo')]
    const stranger = await stage.guest('Cy')
    for (const caller of [ana, bo, stranger])
      expect(await post(name, bodyFor(code, bo), caller)).toEqual({
        status: 403,
        body: { code: 'not_host', error: 'You may not do this in this room.' },
      })
    expect(await hostOf(code, bo)).toEqual({ host_id: host.id, host: 'Hana' })
    expect(await memberIn(code, host, bo)).toMatchObject({ status: 'APPROVED', muted_until: null })
  })

  it('for a room that there is not, or not any more, is 404 room_not_found', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await stage.call('rooms/delete', { room_id: code }, host)
    // Who ended a room may ask for it again: see asked-again.test.ts.
    for (const room of [...(name === 'rooms/delete' ? [] : [code]), 'CCCCCC', 'no room', ''])
      expect(await post(name, bodyFor(room, ana), host)).toMatchObject({
        status: 404,
        body: { code: 'room_not_found' },
      })
  })
})

describe('[R9] calls about somebody', () => {
  const about = ['rooms/kick', 'rooms/ban', 'rooms/unban', 'rooms/mute', 'rooms/unmute', 'rooms/transfer'] as const
  it.each(about)('%s of somebody who never came is 404 member_not_found', async (name) => {
    const { code, host } = await stage.room()
    for (const user_id of ['nobody', (await stage.guest('Ana')).id, '__proto__', '#'])
      expect(await post(name, { room_id: code, user_id, seconds: 60 }, host)).toMatchObject({
        status: 404,
        body: { code: 'member_not_found' },
      })
  })

  it.each(['rooms/kick', 'rooms/mute', 'rooms/unmute', 'rooms/transfer', 'rooms/unban'] as const)(
    '%s of somebody who waits or has left is 404 member_not_found',
    async (name) => {
      const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
      const [waiting, left] = [await stage.member(code, 'Ana'), await stage.member(code, 'Bo')]
      await stage.call('rooms/leave', { room_id: code }, left)
      for (const person of [waiting, left])
        expect(await post(name, { room_id: code, user_id: person.id, seconds: 60 }, host)).toMatchObject({
          status: 404,
          body: { code: 'member_not_found' },
        })
    },
  )

  it.each([
    ['rooms/kick', 'The host cannot be removed.'],
    ['rooms/ban', 'The host cannot be removed.'],
    ['rooms/leave', 'The host cannot leave. Hand the room over or delete it.'],
  ] as const)('[R8] %s of the host is 409 host_must_stay', async (name, error) => {
    const { code, host } = await stage.room()
    expect(await post(name, { room_id: code, user_id: host.id }, host)).toEqual({
      status: 409,
      body: { code: 'host_must_stay', error },
    })
    expect(await hostOf(code, host)).toEqual({ host_id: host.id, host: 'Hana' })
  })
})

describe('[R10] being removed', () => {
  it.each([
    ['rooms/kick', 'kicked'],
    ['rooms/ban', 'banned'],
    ['rooms/leave', 'left'],
  ] as const)('%s: saved, then REMOVED as the last frame of every socket, then USER_LEFT once', async (name, why) => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    const watching = await stage.enter(code, host)
    const tabs = [await stage.enter(code, ana), await stage.enter(code, ana)]
    await stage.settled()
    const caller = name === 'rooms/leave' ? ana : host
    expect((await post(name, { room_id: code, user_id: ana.id }, caller)).status).toBe(200)
    for (const tab of tabs) {
      expect(await tab.next('REMOVED')).toMatchObject({ code: why })
      expect(await tab.closed).toMatchObject({ code: 1000 })
      expect(tab.frames.at(-1)?.type).toBe('REMOVED')
    }
    expect(await watching.next('USER_LEFT')).toMatchObject({ user: 'Ana', user_id: ana.id })
    await stage.settled()
    expect(watching.all('USER_LEFT')).toHaveLength(1)
    expect(await refusedWith(stage.runtime.roomUrl(code, ana.token))).toBe(403)
  })

  it('[R7] a person who is declined has no socket, and the others hear nothing', async () => {
    const { code, host } = await stage.room()
    const bo = await stage.member(code, 'Bo')
    const socket = await stage.enter(code, bo)
    await stage.call('rooms/settings', { room_id: code, is_private: true, entry_mode: 'APPROVAL' }, host)
    const ana = await stage.member(code, 'Ana')
    await stage.call('rooms/reject', { room_id: code, user_id: ana.id }, host)
    await stage.settled()
    expect(socket.all('JOIN_REQUESTED')).toHaveLength(0)
    expect(socket.all('JOIN_RESOLVED')).toHaveLength(0)
    expect(socket.all('USER_LEFT')).toHaveLength(0)
  })
})

describe('[R9] a mute', () => {
  it('is shown until it lapses or is lifted, and outlasts leaving and coming back', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    const before = stage.services.clock()
    await stage.call('rooms/mute', { room_id: code, user_id: ana.id, seconds: 90 }, host)
    const until = (await memberIn(code, host, ana))?.muted_until
    expect(until).toBeGreaterThanOrEqual(before + 90_000)
    await stage.call('rooms/leave', { room_id: code }, ana)
    await stage.call('rooms/join', { code }, ana)
    expect((await memberIn(code, host, ana))?.muted_until).toBe(until)
    stage.elapse(91_000)
    expect((await memberIn(code, host, ana))?.muted_until).toBeNull()
  })

  it('silences the member, and no longer once lifted', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    const socket = await stage.enter(code, ana)
    await stage.call('rooms/mute', { room_id: code, user_id: ana.id, seconds: 90 }, host)
    socket.send({ type: 'CHAT_MESSAGE', message: 'Hello?' })
    const refused = await socket.next('ERROR')
    expect(refused).toMatchObject({ code: 'muted', re: 'CHAT_MESSAGE' })
    expect(refused.retry_after).toBeGreaterThan(80)
    expect(await stage.call('rooms/unmute', { room_id: code, user_id: ana.id }, host)).toEqual({ ok: true })
    socket.send({ type: 'CHAT_MESSAGE', message: 'Hello!' })
    expect(await socket.next('CHAT_MESSAGE')).toMatchObject({ message: 'Hello!' })
    expect(await stage.call('rooms/unmute', { room_id: code, user_id: ana.id }, host)).toEqual({ ok: true })
  })
})

describe('[R11] handing the room over', () => {
  it('everyone hears who hosts; the old host commands no more, the new one does', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    const [old, heir] = [await stage.enter(code, host), await stage.enter(code, ana)]
    await stage.settled()
    await stage.handOver(code, host, ana)
    for (const socket of [old, heir])
      expect(await socket.next('ROOM_UPDATED', ({ host_id }) => host_id === ana.id)).toMatchObject({
        ...{ host: 'Ana', offered_to: null, stands_in_for: null },
      })
    old.send({ type: 'PLAY', time: 1 })
    await stage.settled()
    heir.send({ type: 'PLAY', time: 2 })
    expect(await old.next('PLAY')).toMatchObject({ time: 2, user_id: ana.id })
    await stage.settled()
    expect(old.all('PLAY')).toHaveLength(1)
    for (const name of ['rooms/settings', 'rooms/delete'] as const)
      expect(await post(name, { room_id: code, name: 'x' }, host)).toMatchObject({ body: { code: 'not_host' } })
  })

  it('frees the old host to go and binds the new one', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await stage.handOver(code, host, ana)
    expect(await post('rooms/leave', { room_id: code }, ana)).toMatchObject({ body: { code: 'host_must_stay' } })
    expect(await post('rooms/kick', { room_id: code, user_id: host.id }, ana)).toMatchObject({ status: 200 })
    expect(await memberIn(code, ana, host)).toMatchObject({ status: 'KICKED', is_host: false })
  })

  it('may go back and forth', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await stage.handOver(code, host, ana)
    await stage.handOver(code, ana, host)
    expect(await hostOf(code, host)).toEqual({ host_id: host.id, host: 'Hana' })
    expect(await post('rooms/leave', { room_id: code }, ana)).toMatchObject({ status: 200 })
  })

  it('to oneself changes nothing', async () => {
    const { code, host } = await stage.room()
    expect(await stage.call('rooms/transfer', { room_id: code, user_id: host.id }, host)).toEqual({ ok: true })
    expect(await hostOf(code, host)).toEqual({ host_id: host.id, host: 'Hana' })
  })

  it('to two people at once leaves one offer, and only whoever has it can take the room', async () => {
    const { code, host } = await stage.room()
    const people = [await stage.member(code, 'Ana'), await stage.member(code, 'Bo')]
    await Promise.all(people.map(({ id }) => post('rooms/transfer', { room_id: code, user_id: id }, host)))
    const answers = await Promise.all(
      people.map((person) => post('rooms/accept-transfer', { room_id: code, accept: true }, person)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404])
    const { host_id } = await hostOf(code, host)
    expect(answers[people.findIndex(({ id }) => id === host_id)]?.status).toBe(200)
  })

  it.each(['rooms/kick', 'rooms/ban'] as const)(
    'and %s of the same person at once leave a room whose host is an approved member',
    async (name) => {
      const seen = new Set<string>()
      for (let round = 0; round < 6; round += 1) {
        const { code, host } = await stage.room()
        const ana = await stage.member(code, 'Ana')
        const about = { room_id: code, user_id: ana.id }
        await stage.call('rooms/transfer', about, host)
        const accept = () => post('rooms/accept-transfer', { room_id: code, accept: true }, ana)
        const calls = [() => post(name, about, host), accept]
        const ordered = round % 2 === 0 ? calls : calls.reverse()
        const answers = await Promise.all(ordered.map((call) => call()))
        const [removed, handed] = round % 2 === 0 ? answers : answers.reverse()
        expect([200, 403, 409]).toContain(removed?.status)
        expect([200, 403, 404, 409]).toContain(handed?.status)
        seen.add(`${removed?.status} ${handed?.status}`)
        const standing = await post('rooms/join', { code }, host)
        expect(standing.status).toBe(200)
        const { host_id } = await hostOf(code, host)
        const now = await memberIn(code, host_id === host.id ? host : ana, host_id === host.id ? host : ana)
        expect(now).toMatchObject({ status: 'APPROVED', is_host: true })
        expect(host_id).toBe(handed?.status === 200 ? ana.id : host.id)
      }
      for (const outcome of seen) expect(outcome).not.toBe('200 200')
    },
  )
})

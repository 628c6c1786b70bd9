import { describe, expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

const closed = { is_private: true, entry_mode: 'PASSWORD' } as const
const joinWith = async (code: string, password: string | undefined) => {
  const person = await stage.guest('Bo')
  const { status, body } = await stage.request('POST', '/api/rooms/join', {
    body: { code, password },
    token: person.token,
  })
  return status === 200 ? 'in' : body.code
}

describe('[R35] a password that the host chooses', () => {
  it('for a new room is answered as it was given, and lets in however it is typed', async () => {
    const { code, password } = await stage.room({ ...closed, password: ' Movie night, 2026! ' })
    expect(password).toBe('Movie night, 2026!')
    expect(await joinWith(code, 'movie-night 2026')).toBe('in')
    expect([await joinWith(code, 'movie night 2027'), await joinWith(code, undefined)]).toEqual([
      'wrong_password',
      'wrong_password',
    ])
  })

  it('later replaces the one before, and is replaced by a renewal', async () => {
    const { code, host, password: first } = await stage.room(closed)
    const set = (change: object) => stage.call('rooms/settings', { room_id: code, ...change }, host)
    const chosen = await set({ password: 'Popcorn time' })
    expect(chosen.room_password).toBe('Popcorn time')
    expect([await joinWith(code, first), await joinWith(code, 'popcorntime')]).toEqual(['wrong_password', 'in'])
    const renewed = await set({ new_password: true })
    expect([await joinWith(code, 'popcorntime'), await joinWith(code, renewed.room_password)]).toEqual([
      'wrong_password',
      'in',
    ])
    await set({ is_private: false })
    const again = await set({ ...closed, password: 'Popcorn time' })
    expect(again.room_password).toBe('Popcorn time')
    expect(await joinWith(code, 'Popcorn time')).toBe('in')
  })

  it('[R12] is told to members by when it was set: who was told one before knows that it is old', async () => {
    const { code, host } = await stage.room(closed)
    const socket = await stage.enter(code, host)
    const set = (change: object) => stage.call('rooms/settings', { room_id: code, ...change }, host)
    expect((await stage.call('rooms/detail', { code }, host)).password_at).toBeNull()
    const times = []
    for (const change of [{ password: 'Popcorn time' }, { new_password: true }]) {
      const { password_at } = await set(change)
      times.push(Number(password_at))
      await socket.next('ROOM_UPDATED', (event) => event.password_at === password_at)
      expect((await set({ name: `After ${times.length}` })).password_at).toBe(password_at)
    }
    const [first = 0, second = 0] = times
    expect(first).toBeGreaterThan(0)
    expect(second).toBeGreaterThan(first)
    expect((await set({ is_private: false })).password_at).toBeNull()
    expect((await set(closed)).password_at).toBeGreaterThan(second)
  })

  it('[H9] is answered the same when it is asked again', async () => {
    const { code, host } = await stage.room(closed)
    const ask = () => stage.call('rooms/settings', { room_id: code, password: 'Popcorn time' }, host)
    expect([(await ask()).room_password, (await ask()).room_password]).toEqual(['Popcorn time', 'Popcorn time'])
    expect(await joinWith(code, 'Popcorn time')).toBe('in')
  })

  it('ends where a function of the version before renews it', async () => {
    const { code } = await stage.room({ ...closed, password: 'Popcorn time' })
    const { change } = await import('../../functions/table/change.ts')
    const { roomKey } = await import('../../functions/table/keys.ts')
    const { hashRoomPassword } = await import('../../functions/domain/room.ts')
    await change(roomKey(code), { set: { password_hash: hashRoomPassword(code, 'RENEWED') } })
    expect([await joinWith(code, 'Popcorn time'), await joinWith(code, 'renewed')]).toEqual(['wrong_password', 'in'])
  })

  it.each([
    ['too few letters', '- 7 chars -'],
    ['too long', 'x'.repeat(41)],
    ['what nobody can read', 'popcorn\u202etime'],
  ])('of %s is 400', async (_what, password) => {
    const host = await stage.guest('Hana')
    const refused = { status: 400, body: { code: 'invalid_field', error: expect.stringContaining('"password"') } }
    expect(await stage.refused('rooms/create', { ...closed, password }, host)).toMatchObject(refused)
    const { code, host: owner } = await stage.room(closed)
    expect(await stage.refused('rooms/settings', { room_id: code, password }, owner)).toMatchObject(refused)
  })

  it.each([
    ['a public room', 'rooms/create', { is_private: false, password: 'Popcorn time' }],
    ['an approval', 'rooms/create', { is_private: true, entry_mode: 'APPROVAL', password: 'Popcorn time' }],
    ['a room that has none', 'rooms/settings', { password: 'Popcorn time' }],
    ['a renewal', 'rooms/settings', { ...closed, password: 'Popcorn time', new_password: true }],
  ] as const)('with %s is 400', async (_what, name, body) => {
    const { code, host } = await stage.room()
    const refused = await stage.refused(name, { room_id: code, ...body }, host)
    expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining('"password"') } })
  })

  it('[R40] leaves nothing of itself in the audit', async () => {
    const { code, host } = await stage.room(closed)
    await stage.call('rooms/settings', { room_id: code, password: 'Popcorn time' }, host)
    const { entries } = await stage.call('rooms/audit', { room_id: code }, host)
    expect(entries[0]).toMatchObject({ what: 'settings', changed: ['password'] })
    expect(JSON.stringify(entries)).not.toContain('opcorn')
  })
})

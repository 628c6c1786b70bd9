import { describe, expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()

const lock = (code: string, host: Person, is_locked = true) =>
  stage.call('rooms/settings', { room_id: code, is_locked }, host)
const refusedWith = async (code: string, person: Person, password?: string) =>
  (await stage.refused('rooms/join', { code, password }, person)).body.code

describe('[R31] a locked room', () => {
  it('refuses whoever is new with 403 room_locked, also with the right password, until it is unlocked', async () => {
    const { code, host, password } = await stage.room({ is_private: true, entry_mode: 'PASSWORD' })
    expect(await lock(code, host)).toMatchObject({ is_locked: true })
    const bo = await stage.guest('Bo')
    expect(await stage.refused('rooms/join', { code, password }, bo)).toEqual({
      status: 403,
      body: { code: 'room_locked', error: 'Nobody new is let in at the moment. Try again later.' },
    })
    expect(await stage.call('rooms/preview', { code })).toMatchObject({ is_locked: true })
    expect(await lock(code, host, false)).toMatchObject({ is_locked: false })
    expect(await stage.call('rooms/join', { code, password }, bo)).toMatchObject({ status: 'APPROVED' })
    expect(await stage.call('rooms/preview', { code })).toMatchObject({ is_locked: false })
  })

  it('lets members and the host come and go, and nobody back who has left', async () => {
    const { code, host } = await stage.room()
    const [ana, bo] = [await stage.member(code, 'Ana'), await stage.member(code, 'Bo')]
    await stage.call('rooms/leave', { room_id: code }, bo)
    await lock(code, host)
    for (const person of [host, ana]) {
      expect(await stage.call('rooms/join', { code }, person)).toMatchObject({ status: 'APPROVED' })
      const socket = await stage.enter(code, person)
      socket.socket.close()
      await socket.closed
      await stage.enter(code, person)
    }
    expect(await refusedWith(code, bo)).toBe('room_locked')
  })

  it('[R17] is not among the public rooms until it is unlocked', async () => {
    const { code, host } = await stage.room()
    const socket = await stage.enter(code, host)
    await stage.settled()
    let asked = 0
    const isShown = async () => {
      asked += 1
      // The edge keeps an answer for five seconds, one for each origin.
      const headers = { origin: `https://${asked}.example` }
      const { body } = await stage.request('GET', '/api/rooms/public', { headers })
      return (body.rooms as { code: string }[]).some((room) => room.code === code)
    }
    expect(await isShown()).toBe(true)
    await lock(code, host)
    expect(await isShown()).toBe(false)
    await lock(code, host, false)
    expect(await isShown()).toBe(true)
    await socket.close()
  })

  it('says to who is shut out why they are', async () => {
    const { code, host } = await stage.room()
    const [ana, bo] = [await stage.member(code, 'Ana'), await stage.member(code, 'Bo')]
    await stage.call('rooms/kick', { room_id: code, user_id: ana.id }, host)
    await stage.call('rooms/ban', { room_id: code, user_id: bo.id }, host)
    await lock(code, host)
    expect([await refusedWith(code, ana), await refusedWith(code, bo)]).toEqual(['kicked', 'banned'])
  })

  it('[R34] [R33] lets whoever waited ask again at once after it: they have withdrawn nothing', async () => {
    const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
    const bo = await stage.guest('Bo')
    await stage.call('rooms/join', { code }, bo)
    await lock(code, host)
    await lock(code, host, false)
    expect(await stage.call('rooms/join', { code }, bo)).toMatchObject({ status: 'PENDING' })
    await stage.call('rooms/leave', { room_id: code }, bo)
    expect((await stage.refused('rooms/join', { code }, bo)).body.code).toBe('too_fast')
  })

  it('is told to everybody as a fact, and takes nothing but the right to moderate', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    const socket = await stage.enter(code, ana)
    await stage.settled()
    await lock(code, host)
    expect(await socket.next('ROOM_UPDATED')).toMatchObject({ is_locked: true, revision: 1 })
    const refused = await stage.refused('rooms/settings', { room_id: code, is_locked: false }, ana)
    expect(refused).toMatchObject({ status: 403, body: { code: 'not_host' } })
    await stage.call('rooms/role', { room_id: code, user_id: ana.id, role: 'cohost' }, host)
    await lock(code, ana, false)
    await lock(code, ana)
    expect(await stage.call('rooms/detail', { code }, ana)).toMatchObject({ is_locked: true })
  })

  it('[R12] of two requests the one that was received later holds', async () => {
    const { code, host } = await stage.room()
    const { changeRoom } = await import('../../functions/table/settings.ts')
    const { roomByCode } = await import('../../functions/table/rooms.ts')
    const room = await roomByCode(code)
    if (room === undefined) throw new Error('There is no room.')
    const at = (receivedAt: number) => ({ now: room.created_at, receivedAt })
    const by = { userId: host.id, right: 'moderate' } as const
    await changeRoom(code, by, { is_locked: true }, room, at(20))
    expect(await changeRoom(code, by, { is_locked: false }, room, at(10))).toMatchObject({ saved: {} })
    expect(await roomByCode(code)).toMatchObject({ is_locked: true })
  })
})

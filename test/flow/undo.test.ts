import { describe, expect, it } from 'vitest'
import { administrator } from '../staging/administrator.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

// [R9] What a host did by mistake is taken back at once.

const TEN_MINUTES_MS = 600_000

const stage = setUpStage()

const approval = { is_private: true, entry_mode: 'APPROVAL' } as const
const about = (code: string, { id }: Person) => ({ room_id: code, user_id: id })

/** Somebody who was kicked, or declined, just now. */
const shutOut = async (how: 'kick' | 'reject') => {
  const { code, host } = await stage.room(approval)
  const ana = await stage.member(code, 'Ana')
  if (how === 'kick') await stage.call('rooms/approve', about(code, ana), host)
  await stage.call(`rooms/${how}`, about(code, ana), host)
  return { code, host, ana }
}

const standingOf = async (code: string, host: Person, { id }: Person) =>
  (await stage.call('rooms/participants', { room_id: code }, host)).participants.find((one) => one.id === id)

it('[R9] a decline, lifted, lets the person ask again at once', async () => {
  const { code, host, ana } = await shutOut('reject')
  expect(await stage.refused('rooms/join', { code }, ana)).toMatchObject({ body: { code: 'rejected' } })
  expect(await stage.call('rooms/unban', about(code, ana), host)).toEqual({ ok: true })
  expect(await stage.call('rooms/join', { code }, ana)).toMatchObject({ status: 'PENDING' })
  await stage.call('rooms/approve', about(code, ana), host)
  expect(await stage.call('rooms/join', { code }, ana)).toMatchObject({ status: 'APPROVED' })
})

describe('[R9] a kick, lifted', () => {
  const afterwards = {
    'has nobody new in': { is_locked: true },
    'shuts guests out': { guests_allowed: false },
    'asks for another password': { is_private: true, entry_mode: 'PASSWORD', password: 'quite another 1' },
    'asks for approval': { is_private: true, entry_mode: 'APPROVAL' },
  } as const

  it.each(Object.entries(afterwards))('makes the person a member again where the room %s since', async (_, change) => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await stage.call('rooms/kick', about(code, ana), host)
    expect(await stage.refused('rooms/join', { code }, ana)).toMatchObject({ body: { code: 'kicked' } })
    await stage.call('rooms/settings', { room_id: code, ...change }, host)
    expect(await stage.call('rooms/unban', about(code, ana), host)).toEqual({ ok: true })
    expect(await standingOf(code, host, ana)).toMatchObject({ status: 'APPROVED', display_name: 'Ana' })
    expect(await stage.call('rooms/join', { code }, ana)).toMatchObject({ status: 'APPROVED' })
    await stage.enter(code, ana)
    const { rooms } = await stage.call('rooms/mine', {}, ana)
    expect(rooms.map((room) => room.code)).toContain(code)
  })

  it('tells nobody that they came until they do', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    const hana = await stage.enter(code, host)
    await stage.call('rooms/kick', about(code, ana), host)
    await stage.call('rooms/unban', about(code, ana), host)
    await stage.settled()
    expect(hana.all('USER_JOINED')).toEqual([])
    await stage.enter(code, ana)
    await hana.next('USER_JOINED', ({ user_id }) => user_id === ana.id)
  })

  it('[R6] gives them a number behind their name where somebody took that meanwhile', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await stage.call('rooms/kick', about(code, ana), host)
    await stage.member(code, 'Ana')
    await stage.call('rooms/unban', about(code, ana), host)
    expect(await standingOf(code, host, ana)).toMatchObject({ status: 'APPROVED', display_name: 'Ana 2' })
  })

  it('leaves who was banned meanwhile banned, and lifts that when it is asked again', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await stage.call('rooms/kick', about(code, ana), host)
    await stage.call('rooms/ban', about(code, ana), host)
    await stage.call('rooms/unban', about(code, ana), host)
    expect(await standingOf(code, host, ana)).toMatchObject({ status: 'LEFT' })
  })

  it('of somebody whose account is gone by then is answered, and brings nobody back', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await stage.call('rooms/kick', about(code, ana), host)
    await stage.call('auth/delete', {}, ana)
    await stage.call('rooms/unban', about(code, ana), host)
    expect(await standingOf(code, host, ana)).toMatchObject({ status: 'LEFT' })
  })

  it('[H9] is nothing any more either for who came back by themselves: 404 member_not_found', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await stage.call('rooms/kick', about(code, ana), host)
    stage.elapse(TEN_MINUTES_MS)
    await stage.call('rooms/join', { code }, ana)
    expect(await stage.refused('rooms/unban', about(code, ana), host)).toMatchObject({
      body: { code: 'member_not_found' },
    })
  })

  it('lets nobody in who was only waiting when an administrator removed them', async () => {
    const { code, host } = await stage.room(approval)
    const ana = await stage.member(code, 'Ana')
    await stage.call('admin/remove-member', about(code, ana), await administrator(stage, 'Ada'))
    await stage.call('rooms/unban', about(code, ana), host)
    expect(await stage.call('rooms/join', { code }, ana)).toMatchObject({ status: 'PENDING' })
  })
})

describe.each(['kick', 'reject'] as const)('[R9] %s, lifted', (how) => {
  it('[H9] asked again is answered the same, also beside itself', async () => {
    const { code, host, ana } = await shutOut(how)
    const lift = () => stage.call('rooms/unban', about(code, ana), host)
    expect(await Promise.all([lift(), lift()])).toEqual([{ ok: true }, { ok: true }])
    expect(await lift()).toEqual({ ok: true })
    if (how === 'kick') return
    // Nobody left by a call of their own.
    expect(await stage.refused('rooms/leave', { room_id: code }, ana)).toMatchObject({ body: { code: 'not_a_member' } })
  })

  it('is nothing any more after its ten minutes: 404 member_not_found', async () => {
    const { code, host, ana } = await shutOut(how)
    stage.elapse(TEN_MINUTES_MS)
    const late = await stage.refused('rooms/unban', about(code, ana), host)
    expect(late).toMatchObject({ status: 404, body: { code: 'member_not_found' } })
  })

  it('beside a ban of the same person: one of the two counts', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { code, host, ana } = await shutOut(how)
      const post = (name: 'ban' | 'unban') =>
        stage.request('POST', `/api/rooms/${name}`, { body: about(code, ana), token: host.token })
      const [ban, unban] = await Promise.all([post('ban'), post('unban')])
      expect([200, 409]).toContain(ban.status)
      expect([200, 409]).toContain(unban.status)
      const status = (await standingOf(code, host, ana))?.status
      // Of two that went through the one that was saved later stands: a ban after an undo, or an undo of the ban.
      const lifted = how === 'kick' ? 'APPROVED' : 'LEFT'
      expect(['BANNED', 'LEFT', lifted]).toContain(status)
      if (ban.status === 409) expect(status).toBe(lifted)
      if (unban.status === 409) expect(status).toBe('BANNED')
    }
  })
})

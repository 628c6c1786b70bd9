import { afterEach, describe, expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

// [R9] What a host did by mistake is taken back at once.

const TEN_MINUTES_MS = 600_000

const stage = setUpStage()
afterEach(() => stage.runtime.faults.reset())

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

describe.each([
  ['kick', 'kicked'],
  ['reject', 'rejected'],
] as const)('[R9] %s, lifted', (how, refusal) => {
  it('lets the person ask again at once', async () => {
    const { code, host, ana } = await shutOut(how)
    expect(await stage.refused('rooms/join', { code }, ana)).toMatchObject({ body: { code: refusal } })
    expect(await stage.call('rooms/unban', about(code, ana), host)).toEqual({ ok: true })
    expect(await stage.call('rooms/join', { code }, ana)).toMatchObject({ status: 'PENDING' })
    await stage.call('rooms/approve', about(code, ana), host)
    expect(await stage.call('rooms/join', { code }, ana)).toMatchObject({ status: 'APPROVED' })
  })

  it('[H9] asked again is answered the same, also beside itself', async () => {
    const { code, host, ana } = await shutOut(how)
    const lift = () => stage.call('rooms/unban', about(code, ana), host)
    expect(await Promise.all([lift(), lift()])).toEqual([{ ok: true }, { ok: true }])
    expect(await lift()).toEqual({ ok: true })
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
      const { participants } = await stage.call('rooms/participants', { room_id: code }, host)
      const status = participants.find(({ id }) => id === ana.id)?.status
      // Of two that went through the one that was saved later stands: a ban after an undo, or an undo of the ban.
      expect(['BANNED', 'LEFT']).toContain(status)
      if (ban.status === 409) expect(status).toBe('LEFT')
      if (unban.status === 409) expect(status).toBe('BANNED')
    }
  })
})

import { describe, expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

// [R36] Who goes and comes back, again and again, makes the whole room hear it each time.

const stage = setUpStage()

const approval = { is_private: true, entry_mode: 'APPROVAL' } as const
const about = (code: string, { id }: Person) => ({ room_id: code, user_id: id })
const join = (code: string, person: Person) => stage.call('rooms/join', { code }, person)
const leave = (code: string, person: Person) => stage.call('rooms/leave', { room_id: code }, person)

/** Ana was in an open room, left, came back, and has left once more. */
const leftTwice = async () => {
  const { code, host } = await stage.room()
  const ana = await stage.member(code, 'Ana')
  await leave(code, ana)
  expect(await join(code, ana)).toMatchObject({ status: 'APPROVED' })
  await leave(code, ana)
  return { code, host, ana }
}

describe('[R36] who left', () => {
  it('comes back at once, and again after ten seconds, and is told so before', async () => {
    const { code, ana } = await leftTwice()
    expect(await stage.refused('rooms/join', { code }, ana)).toEqual({
      status: 429,
      body: {
        ...{ code: 'too_fast', error: 'You were here a moment ago. You can come back in a few seconds.' },
        retry_after: expect.any(Number),
      },
    })
    stage.elapse(10_000)
    expect(await join(code, ana)).toMatchObject({ status: 'APPROVED' })
    // Since they last came back enough time has to pass, not since they left.
    stage.elapse(10_000)
    await leave(code, ana)
    expect(await join(code, ana)).toMatchObject({ status: 'APPROVED' })
  })

  it('is heard a few times in a minute, however often they try', async () => {
    const { code, host } = await stage.room()
    const socket = await stage.enter(code, host)
    const ana = await stage.member(code, 'Ana')
    for (let tries = 0; tries < 30; tries += 1) {
      const { status } = await stage.request('POST', '/api/rooms/join/', { body: { code }, token: ana.token })
      if (status === 200) {
        await stage.enter(code, ana)
        await leave(code, ana)
      }
      stage.elapse(1_000)
    }
    await stage.settled()
    expect(socket.all('USER_JOINED').length).toBeLessThanOrEqual(5)
    expect(socket.all('USER_LEFT').length).toBeLessThanOrEqual(5)
  })

  it('waits in a room that asks the host as well', async () => {
    const { code, host } = await stage.room(approval)
    const ana = await stage.member(code, 'Ana')
    for (let times = 0; times < 2; times += 1) {
      expect(await join(code, ana)).toMatchObject({ status: 'PENDING' })
      await stage.call('rooms/approve', about(code, ana), host)
      await leave(code, ana)
    }
    expect(await stage.refused('rooms/join', { code }, ana)).toMatchObject({ status: 429, body: { code: 'too_fast' } })
  })

  it('hears what the room asks for first: a wrong password is one', async () => {
    const { code, host, ana } = await leftTwice()
    const locking = { room_id: code, is_private: true, entry_mode: 'PASSWORD' } as const
    const { room_password } = await stage.call('rooms/settings', locking, host)
    expect(await stage.refused('rooms/join', { code }, ana)).toMatchObject({ body: { code: 'wrong_password' } })
    const right = { code, password: room_password }
    expect(await stage.refused('rooms/join', right, ana)).toMatchObject({ body: { code: 'too_fast' } })
  })
})

describe('[R36] is not asked of', () => {
  it('a member: a reload, a second tab, a call whose answer was lost', async () => {
    const { code } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await leave(code, ana)
    for (let times = 0; times < 5; times += 1) {
      expect(await join(code, ana)).toMatchObject({ status: 'APPROVED' })
      const socket = await stage.enter(code, ana)
      await stage.enter(code, ana)
      socket.socket.close()
    }
    for (let times = 0; times < 3; times += 1) expect(await leave(code, ana)).toEqual({ left: true })
  })

  it('whoever was removed by mistake, and whose removal was lifted', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    for (let times = 0; times < 3; times += 1) {
      await stage.call('rooms/kick', about(code, ana), host)
      await stage.call('rooms/unban', about(code, ana), host)
      expect(await join(code, ana)).toMatchObject({ status: 'APPROVED' })
    }
  })

  it('whoever asked in vain and comes where the room has opened', async () => {
    const { code, host } = await stage.room(approval)
    const ana = await stage.member(code, 'Ana')
    await leave(code, ana)
    await stage.call('rooms/settings', { room_id: code, is_private: false }, host)
    expect(await join(code, ana)).toMatchObject({ status: 'APPROVED' })
    await leave(code, ana)
    expect(await join(code, ana)).toMatchObject({ status: 'APPROVED' })
  })

  it('two returns at once: both succeed, and count as one', async () => {
    const { code } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await leave(code, ana)
    expect(await Promise.all([join(code, ana), join(code, ana)])).toMatchObject([
      { status: 'APPROVED' },
      { status: 'APPROVED' },
    ])
  })
})

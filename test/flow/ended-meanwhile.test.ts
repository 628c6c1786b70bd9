import { describe, expect, it, vi } from 'vitest'
import { table } from '../../functions/table/client.ts'
import { account, administrator } from '../staging/administrator.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { openSocket, type RoomSocket } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()

/** A room that its host watches, and Bo, who has an account and is a member. */
const withBo = async () => {
  const ada = await administrator(stage, 'Ada')
  const { code, host } = await stage.room()
  const bo = await account(stage, 'Bo')
  await stage.call('rooms/join', { code }, bo)
  const hana = await stage.enter(code, host)
  await stage.settled()
  return { ada, bo, code, host, hana }
}

/** The handshake of somebody whom the authorizer has let through, held before their socket is recorded. */
const arriving = async (code: string, { token }: Person) => {
  const recording = holdUpdate(table, '"state":"opening"')
  const opening = openSocket(stage.runtime.roomUrl(code, token))
  await recording.hasArrived
  return async () => {
    recording.letThrough()
    return opening
  }
}

const expectGoodbye = async (socket: RoomSocket, hana: RoomSocket, why: string): Promise<void> => {
  expect(await socket.next('REMOVED')).toMatchObject({ code: why })
  expect((await socket.closed).code).toBe(1000)
  expect(socket.frames.at(-1)?.type).toBe('REMOVED')
  expect(socket.all('PLAYBACK_STATE')).toEqual([])
  await stage.settled()
  expect(hana.all('USER_JOINED')).toEqual([])
}

const password = { current: 'correct horse', new: 'another horse' }

describe('[K2] [W9] a socket is closed by its greeting, and told why, whose person meanwhile', () => {
  it('[M8] was banned everywhere', async () => {
    const { ada, bo, code, hana } = await withBo()
    const open = await arriving(code, bo)
    await stage.call('admin/ban-person', { user_id: bo.id }, ada)
    await expectGoodbye(await open(), hana, 'signed_out')
  })

  it('[M8] was banned everywhere while their recorded socket was not open yet', async () => {
    const { ada, bo, code, hana } = await withBo()
    stage.runtime.faults.delayUpgradeMilliseconds = 800
    const opening = openSocket(stage.runtime.roomUrl(code, bo.token))
    const { presenceOf } = await import('../../functions/table/presences.ts')
    await vi.waitUntil(async () => (await presenceOf(code, bo.id)) !== undefined, { interval: 10 })
    await stage.call('admin/ban-person', { user_id: bo.id }, ada)
    await expectGoodbye(await opening, hana, 'signed_out')
  })

  it.each([
    ['[A5] signed out', 'auth/logout', {}, 'signed_out'],
    ['[A8] deleted their account', 'auth/delete', {}, 'signed_out'],
  ] as const)('%s', async (_, route, input, why) => {
    const { bo, code, hana } = await withBo()
    const open = await arriving(code, bo)
    await stage.call(route, input, bo)
    await expectGoodbye(await open(), hana, why)
  })

  it('[A7] changed the password with another token, but not with this one', async () => {
    const { bo, code, hana } = await withBo()
    const { access_token: token } = await stage.call('auth/refresh', {}, bo)
    const open = await arriving(code, bo)
    await stage.call('auth/password', password, { ...bo, token })
    await expectGoodbye(await open(), hana, 'signed_out')
    const openAgain = await arriving(code, { ...bo, token })
    await stage.call('auth/password', { current: password.new, new: password.current }, { ...bo, token })
    await (await openAgain()).next('PLAYBACK_STATE')
  })

  it('came to the end of their token', async () => {
    const { bo, code, hana } = await withBo()
    const open = await arriving(code, bo)
    stage.elapse(12 * 3600 * 1000)
    await expectGoodbye(await open(), hana, 'expired')
  })
})

it('[W9] whose socket was removed during its greeting is closed, also where they are a member again', async () => {
  const { bo, code, host } = await withBo()
  const about = { room_id: code, user_id: bo.id }
  const { presenceOf } = await import('../../functions/table/presences.ts')
  // The gateway takes the first frame slowly, and the goodbye not yet.
  stage.runtime.faults.delayPost = ({ data }) => (data.includes('ROOM_PARTICIPANTS') ? 1_000 : 0)
  stage.runtime.faults.answerPost = ({ data }) => (data.includes('REMOVED') ? 410 : undefined)
  const socket = await openSocket(stage.runtime.roomUrl(code, bo.token))
  const isGreeted = async () => (await presenceOf(code, bo.id))?.connections[0]?.state === 'greeting'
  await vi.waitUntil(isGreeted, { interval: 10 })
  await stage.call('rooms/kick', about, host)
  await stage.call('rooms/unban', about, host)
  expect((await socket.closed).code).toBe(1000)
})

describe('[W9] a greeting that a connect function of the version before has started', () => {
  /** Starts the greeting of an open socket once more, without what that one does not tell. */
  const greetAgain = async (code: string, { id: userId, name }: Person) => {
    const { change } = await import('../../functions/table/change.ts')
    const { connectionAttribute } = await import('../../functions/table/keys.ts')
    const { presenceItemKey, presenceOf } = await import('../../functions/table/presences.ts')
    const connectionId = (await presenceOf(code, userId))?.connections[0]?.id ?? ''
    const state = [connectionAttribute(connectionId), 'state']
    await change(presenceItemKey({ code, userId }), { setIn: [[state, 'opening']] })
    const welcome = stage.runtime.functions.find(({ logicalId }) => logicalId.startsWith('Welcome'))
    await stage.runtime.invoke(welcome?.logicalId ?? '', { room: code, userId, name, connectionId })
  }

  it('judges by the account alone', async () => {
    const { bo, code } = await withBo()
    const socket = await stage.enter(code, bo)
    await stage.settled()
    await greetAgain(code, bo)
    await socket.next('PLAYBACK_STATE')
    const { banUser } = await import('../../functions/table/people.ts')
    const { userById } = await import('../../functions/table/users.ts')
    const user = await userById(bo.id, stage.services.clock())
    if (user !== undefined) await banUser(user, stage.services.clock())
    await greetAgain(code, bo)
    expect(await socket.next('REMOVED')).toMatchObject({ code: 'signed_out' })
    await socket.closed
  })
})

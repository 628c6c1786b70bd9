import { describe, expect, it } from 'vitest'
import { memberOf } from '../../functions/table/members.ts'
import { presenceOf } from '../../functions/table/presences.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { openSocket, type RoomSocket } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()

/** A post to somebody who hangs is given up after two seconds. What waits for it comes later than this. */
const AT_ONCE_MS = 1_500

/** Posts to this person hang from now on. */
const hang = async (code: string, { id }: Person) => {
  const ids = (await presenceOf(code, id))?.connections.map((connection) => connection.id) ?? []
  stage.runtime.faults.delayPost = ({ connectionId }) => (ids.includes(connectionId) ? Number.POSITIVE_INFINITY : 0)
}

/** A room whose host and two members watch, one of them by the socket `bo`. Pia is none of them. */
const roomOfThree = async (input: object = {}) => {
  const { code, host } = await stage.room(input)
  await stage.enter(code, host)
  const [ana, cy] = [await stage.member(code, 'Ana'), await stage.member(code, 'Cy')]
  if ('entry_mode' in input)
    for (const { id } of [ana, cy]) await stage.call('rooms/approve', { room_id: code, user_id: id }, host)
  const bo = await stage.enter(code, ana)
  await stage.enter(code, cy)
  const pia = await stage.member(code, 'Pia')
  await stage.settled()
  return { code, host, bo, cy, pia }
}

type Awaited = Parameters<RoomSocket['next']>[0]

/** Does something, and expects these frames at once. */
const expectAtOnce = async (socket: RoomSocket, types: readonly Awaited[], act: () => Promise<unknown>) => {
  const begun = Date.now()
  const acting = act()
  await Promise.all(types.map((type) => socket.next(type)))
  expect(Date.now() - begun).toBeLessThan(AT_ONCE_MS)
  await acting
}

describe('a viewer whose connection hangs delays nobody else', () => {
  it('[A14] in what a new name of the host changes', async () => {
    const { code, host, bo, cy } = await roomOfThree()
    await hang(code, cy)
    await expectAtOnce(bo, ['ROOM_UPDATED', 'USER_LEFT', 'USER_JOINED'], () =>
      stage.call('auth/name', { display_name: 'Henna' }, host),
    )
  })

  it('[R8] in being let in by a change of entry', async () => {
    const { code, host, cy, pia } = await roomOfThree({ is_private: true, entry_mode: 'APPROVAL' })
    await hang(code, cy)
    const begun = Date.now()
    const opening = stage.call('rooms/settings', { room_id: code, is_private: false }, host)
    while ((await memberOf(code, pia.id))?.status !== 'APPROVED') expect(Date.now() - begun).toBeLessThan(AT_ONCE_MS)
    await opening
  })

  it('[R28] in who hosts the room by now, where the new host was muted', async () => {
    const { code, host, bo, cy } = await roomOfThree()
    await stage.call('rooms/mute', { room_id: code, user_id: cy.id, seconds: 60 }, host)
    await stage.call('rooms/transfer', { room_id: code, user_id: cy.id }, host)
    await bo.next('ROOM_UPDATED')
    await stage.settled()
    await hang(code, cy)
    await expectAtOnce(bo, ['ROOM_UPDATED'], () =>
      stage.call('rooms/accept-transfer', { room_id: code, accept: true }, cy),
    )
  })

  it('[R22] in who is a co-host no more, because they are removed', async () => {
    const { code, host, bo, cy, pia } = await roomOfThree()
    await stage.call('rooms/role', { room_id: code, user_id: pia.id, role: 'cohost' }, host)
    await stage.enter(code, pia)
    await bo.next('ROOM_UPDATED')
    await stage.settled()
    await hang(code, cy)
    await expectAtOnce(bo, ['ROOM_UPDATED'], () => stage.call('rooms/kick', { room_id: code, user_id: pia.id }, host))
  })
})

describe('[W4] the handshake of an eleventh socket waits for nobody whose connection hangs:', () => {
  const ping = async (socket: RoomSocket) => {
    socket.send({ type: 'PING', t0: 1 })
    await socket.next('PONG')
  }
  const opensAtOnce = async (code: string, { token }: Person) => {
    const begun = performance.now()
    const socket = await openSocket(stage.runtime.roomUrl(code, token))
    expect(performance.now() - begun).toBeLessThan(AT_ONCE_MS)
    return socket
  }

  it('not for the one that it replaces, which is closed all the same', async () => {
    const { code, host } = await stage.room()
    const silent = await stage.enter(code, host)
    await ping(silent)
    await hang(code, host)
    stage.elapse(200_000)
    for (let count = 0; count < 9; count += 1) await stage.enter(code, host)
    await stage.settled()
    const eleventh = await opensAtOnce(code, host)
    await eleventh.next('PLAYBACK_STATE')
    await silent.closed
  })

  it('not for somebody who hears that the other ten are over', async () => {
    const { code, host } = await stage.room()
    const bo = await stage.member(code, 'Bo')
    await stage.enter(code, host)
    for (let count = 0; count < 10; count += 1) await ping(await stage.enter(code, bo))
    await stage.settled()
    stage.elapse(6 * 60_000)
    await hang(code, host)
    await opensAtOnce(code, bo)
  })
})

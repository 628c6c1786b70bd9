import { describe, expect, it } from 'vitest'
import { mutedUntil } from '../../functions/domain/chat.ts'
import { remove } from '../../functions/table/change.ts'
import { byAbsence, offerRoom, setHost } from '../../functions/table/hosting.ts'
import { userKey } from '../../functions/table/keys.ts'
import { memberOf } from '../../functions/table/members.ts'
import { banUser } from '../../functions/table/people.ts'
import { bar } from '../../functions/table/roles.ts'
import { roomByCode } from '../../functions/table/rooms.ts'
import { userById } from '../../functions/table/users.ts'
import { administrator } from '../staging/administrator.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()

const HOUR_MS = 3600 * 1000
const factsOf = (code: string, person: Person) => stage.call('rooms/detail', { code }, person)
const refusal = async (
  name: 'rooms/take-over' | 'rooms/take-back' | 'rooms/accept-transfer' | 'rooms/heir',
  code: string,
  person: Person,
) => (await stage.refused(name, { room_id: code, accept: true }, person)).body.code

/** A room whose host has gone; two co-hosts and a member are there, in this order: member, Cleo, Cora. */
const left = async ({ heirs }: { heirs?: 'COHOSTS' | 'MEMBERS' } = {}) => {
  const { code, host } = await stage.room()
  const people = []
  for (const name of ['Mia', 'Cleo', 'Cora']) people.push(await stage.member(code, name))
  const [mia, cleo, cora] = people as [Person, Person, Person]
  for (const { id } of [cleo, cora])
    await stage.call('rooms/role', { room_id: code, user_id: id, role: 'cohost' }, host)
  if (heirs !== undefined) await stage.call('rooms/settings', { room_id: code, heirs }, host)
  const hana = await stage.enter(code, host)
  const sockets = {
    mia: await stage.enter(code, mia),
    cleo: await stage.enter(code, cleo),
    cora: await stage.enter(code, cora),
  }
  await stage.settled()
  await hana.close()
  await sockets.mia.next('USER_LEFT')
  await stage.settled()
  return { code, host, mia, cleo, cora, sockets }
}

describe('[R11] [R24] handing the room over', () => {
  it('is offered first, told to everybody, and can be declined or taken back', async () => {
    const { code, host } = await stage.room()
    const [ana, bo] = [await stage.member(code, 'Ana'), await stage.member(code, 'Bo')]
    const socket = await stage.enter(code, ana)
    await stage.call('rooms/transfer', { room_id: code, user_id: ana.id }, host)
    expect(await socket.next('ROOM_UPDATED')).toMatchObject({ host_id: host.id, offered_to: ana.id })
    expect(await refusal('rooms/accept-transfer', code, bo)).toBe('not_offered')
    await stage.call('rooms/accept-transfer', { room_id: code, accept: false }, ana)
    const withdrawn = await socket.next('ROOM_UPDATED', ({ offered_to }) => offered_to === null)
    expect(withdrawn.host_id).toBe(host.id)
    expect(await refusal('rooms/accept-transfer', code, ana)).toBe('not_offered')
    await stage.call('rooms/transfer', { room_id: code, user_id: ana.id }, host)
    await stage.call('rooms/transfer', { room_id: code, user_id: host.id }, host)
    expect(await refusal('rooms/accept-transfer', code, ana)).toBe('not_offered')
    expect(await factsOf(code, host)).toMatchObject({ host_id: host.id, offered_to: null })
  })

  it('a co-host who takes it is host and no co-host any more', async () => {
    const { code, host, cleo } = await left()
    await stage.handOver(code, host, cleo)
    const { cohosts, host_id, stands_in_for } = await factsOf(code, cleo)
    expect([host_id, stands_in_for]).toEqual([cleo.id, null])
    expect(cohosts).not.toContain(cleo.id)
  })

  it('who hands it on is a participant, however they came to it and whatever they were before', async () => {
    const { code, host, mia, cleo, cora } = await left()
    stage.elapse(61_000)
    await stage.call('rooms/take-over', { room_id: code }, cleo)
    await stage.call('rooms/role', { room_id: code, user_id: host.id, role: 'cohost' }, cleo)
    await stage.call('rooms/take-back', { room_id: code }, host)
    expect((await factsOf(code, host)).cohosts).not.toContain(host.id)
    await stage.handOver(code, host, cleo)
    await stage.handOver(code, cleo, mia)
    expect((await factsOf(code, mia)).cohosts).toEqual([cora.id])
  })

  it('who takes it may write, also where they were muted', async () => {
    const { code, host, mia, sockets } = await left()
    await stage.call('rooms/mute', { room_id: code, user_id: mia.id, seconds: 3600 }, host)
    await stage.handOver(code, host, mia)
    expect(await sockets.mia.next('MUTED', ({ until }) => until === null)).toBeDefined()
    sockets.mia.send({ type: 'CHAT_MESSAGE', message: 'mine' })
    expect(await sockets.cleo.next('CHAT_MESSAGE')).toMatchObject({ user: 'Mia', message: 'mine' })
  })

  it('[H9] who takes it may write once they ask again, where the function ended before it had come to that', async () => {
    const { code, host, mia } = await left()
    await stage.call('rooms/mute', { room_id: code, user_id: mia.id, seconds: 3600 }, host)
    await stage.call('rooms/transfer', { room_id: code, user_id: mia.id }, host)
    let isKept = false
    stage.runtime.faults.killInvocation = ({ action }) => {
      isKept ||= action === 'PutItem'
      // The first read after the intention was kept follows the change of the host.
      return isKept && action === 'GetItem'
    }
    await stage.refused('rooms/accept-transfer', { room_id: code, accept: true }, mia)
    stage.runtime.faults.reset()
    expect(await factsOf(code, mia)).toMatchObject({ host_id: mia.id })
    await stage.call('rooms/accept-transfer', { room_id: code, accept: true }, mia)
    expect(mutedUntil(await memberOf(code, mia.id), stage.services.clock())).toBeNull()
  })

  it.each(['mute', 'hand-over'])(
    'who takes it may write, also where they are muted at that moment and the %s is slow',
    async (slow) => {
      const { table } = await import('../../functions/table/client.ts')
      const { code, host, mia } = await left()
      await stage.call('rooms/transfer', { room_id: code, user_id: mia.id }, host)
      const muting = () =>
        stage.request('POST', '/api/rooms/mute', {
          body: { room_id: code, user_id: mia.id, seconds: 60 },
          token: host.token,
        })
      const taking = () => stage.call('rooms/accept-transfer', { room_id: code, accept: true }, mia)
      const held = holdUpdate(table, slow === 'mute' ? 'muted_until' : 'former_host_id')
      const slowly: Promise<unknown> = slow === 'mute' ? muting() : taking()
      await held.hasArrived
      await (slow === 'mute' ? taking() : muting())
      held.letThrough()
      await slowly
      expect(await factsOf(code, mia)).toMatchObject({ host_id: mia.id })
      expect(mutedUntil(await memberOf(code, mia.id), stage.services.clock())).toBeNull()
    },
  )

  it.each(['kick', 'ban', 'leave'] as const)('an offer ends by %s, also for when they come back', async (how) => {
    const { code, host } = await stage.room()
    const [ana, mia] = [await stage.member(code, 'Ana'), await stage.member(code, 'Mia')]
    const socket = await stage.enter(code, mia)
    await stage.settled()
    await stage.call('rooms/transfer', { room_id: code, user_id: ana.id }, host)
    await socket.next('ROOM_UPDATED', ({ offered_to }) => offered_to === ana.id)
    if (how === 'leave') await stage.call('rooms/leave', { room_id: code }, ana)
    else await stage.call(`rooms/${how}`, { room_id: code, user_id: ana.id }, host)
    expect(await refusal('rooms/accept-transfer', code, ana)).toBe('not_offered')
    await socket.next('ROOM_UPDATED', ({ offered_to }) => offered_to === null)
    if (how !== 'leave') await stage.call('rooms/unban', { room_id: code, user_id: ana.id }, host)
    await stage.call('rooms/join', { code }, ana)
    expect(await refusal('rooms/accept-transfer', code, ana)).toBe('not_offered')
    expect((await factsOf(code, ana)).host_id).toBe(host.id)
  })

  it('who declined it and is no member any more makes nobody hear of that again', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    const decline = { room_id: code, accept: false }
    await stage.call('rooms/transfer', { room_id: code, user_id: ana.id }, host)
    await stage.call('rooms/accept-transfer', decline, ana)
    await stage.call('rooms/accept-transfer', decline, ana)
    await stage.call('rooms/ban', { room_id: code, user_id: ana.id }, host)
    expect((await stage.refused('rooms/accept-transfer', decline, ana)).body.code).toBe('not_offered')
  })

  it('an offer that a function left behind is over for who comes back', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await stage.call('rooms/leave', { room_id: code }, ana)
    await offerRoom(code, host.id, ana.id)
    await stage.call('rooms/join', { code }, ana)
    expect(await refusal('rooms/accept-transfer', code, ana)).toBe('not_offered')
  })

  it('[R23] who is being removed takes no offer, also where that began while they were taking it', async () => {
    const { table } = await import('../../functions/table/client.ts')
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await stage.call('rooms/transfer', { room_id: code, user_id: ana.id }, host)
    const taking = holdUpdate(table, 'former_host_id')
    const answer = stage.refused('rooms/accept-transfer', { room_id: code, accept: true }, ana)
    await taking.hasArrived
    await bar(code, ana.id, stage.services.clock())
    taking.letThrough()
    expect((await answer).body.code).toBe('conflict')
    expect(await refusal('rooms/accept-transfer', code, ana)).toBe('not_offered')
    expect((await roomByCode(code))?.host_id).toBe(host.id)
    stage.elapse(31_000)
    await stage.call('rooms/join', { code }, ana)
    await stage.call('rooms/accept-transfer', { room_id: code, accept: true }, ana)
  })

  it('who is offered the room while they leave is offered nothing in the end', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { code, host } = await stage.room()
      const ana = await stage.member(code, 'Ana')
      const body = { room_id: code, user_id: ana.id }
      await Promise.all([
        stage.request('POST', '/api/rooms/transfer', { body, token: host.token }),
        stage.call('rooms/leave', { room_id: code }, ana),
      ])
      await stage.settled()
      expect((await factsOf(code, host)).offered_to).toBeNull()
    }
  })
})

describe('[R25] taking over', () => {
  it('is refused while the host is there, and for a minute after', async () => {
    const { code, cleo, host, sockets } = await left()
    expect(await refusal('rooms/take-over', code, cleo)).toBe('host_is_here')
    expect(await stage.call('rooms/heir', { room_id: code }, cleo)).toEqual({ user_id: null, returning: null })
    expect(await refusal('rooms/heir', code, await stage.guest('Sam'))).toBe('not_a_member')
    stage.elapse(59_000)
    expect(await refusal('rooms/take-over', code, cleo)).toBe('host_is_here')
    const back = await stage.enter(code, host)
    stage.elapse(2_000)
    expect(await refusal('rooms/take-over', code, cleo)).toBe('host_is_here')
    await back.close()
    await sockets.mia.next('USER_LEFT', ({ user_id }) => user_id === host.id)
    await stage.settled()
    stage.elapse(60_000)
    await stage.call('rooms/take-over', { room_id: code }, cleo)
  })

  it('is for the co-host who has been there for the longest, and everybody hears it', async () => {
    const { code, host, mia, cleo, cora, sockets } = await left()
    stage.elapse(61_000)
    expect(await refusal('rooms/take-over', code, mia)).toBe('not_heir')
    expect(await refusal('rooms/take-over', code, cora)).toBe('not_heir')
    await stage.call('rooms/take-over', { room_id: code }, cleo)
    expect(await sockets.mia.next('ROOM_UPDATED', ({ host_id }) => host_id === cleo.id)).toMatchObject({
      ...{ host: 'Cleo', stands_in_for: host.id },
    })
    sockets.cleo.send({ type: 'SEEK', time: 5 })
    expect(await sockets.mia.next('SEEK')).toMatchObject({ user_id: cleo.id })
    // Asked again it is answered as the first time.
    await stage.call('rooms/take-over', { room_id: code }, cleo)
    expect(await refusal('rooms/take-over', code, cora)).toBe('host_is_here')
  })

  it('is for a member only where no co-host is there and the room says so', async () => {
    const { code, mia, cleo, cora, sockets } = await left({ heirs: 'MEMBERS' })
    stage.elapse(61_000)
    expect(await refusal('rooms/take-over', code, mia)).toBe('not_heir')
    for (const [socket, person] of [
      [sockets.cleo, cleo],
      [sockets.cora, cora],
    ] as const) {
      await socket.close()
      await sockets.mia.next('USER_LEFT', ({ user_id }) => user_id === person.id)
    }
    await stage.settled()
    await stage.call('rooms/take-over', { room_id: code }, mia)
    expect((await factsOf(code, mia)).host_id).toBe(mia.id)
  })

  it('is refused for a minute after the room was made, or handed over, to whom never was inside', async () => {
    const { code, host } = await stage.room()
    await stage.call('rooms/settings', { room_id: code, heirs: 'MEMBERS' }, host)
    const [mia, bo] = [await stage.member(code, 'Mia'), await stage.member(code, 'Bo')]
    await stage.enter(code, mia)
    await stage.settled()
    expect(await refusal('rooms/take-over', code, mia)).toBe('host_is_here')
    stage.elapse(61_000)
    expect(await stage.call('rooms/heir', { room_id: code }, mia)).toMatchObject({ user_id: mia.id })
    await stage.handOver(code, host, bo)
    expect(await refusal('rooms/take-over', code, mia)).toBe('host_is_here')
    stage.elapse(61_000)
    await stage.call('rooms/take-over', { room_id: code }, mia)
  })

  it('is refused for a minute also where the function that removed the last socket ended then', async () => {
    const { code, host, cleo, sockets } = await left()
    const back = await stage.enter(code, host)
    stage.elapse(61_000)
    sockets.cleo.send({ type: 'PING', t0: 1 })
    await stage.settled()
    stage.runtime.faults.killInvocation = ({ function: name, action }) =>
      name.startsWith('Disconnect') && action === 'Query'
    await back.close()
    await stage.settled()
    stage.runtime.faults.reset()
    expect(await refusal('rooms/take-over', code, cleo)).toBe('host_is_here')
    stage.elapse(61_000)
    await stage.call('rooms/take-over', { room_id: code }, cleo)
  })

  it('of two who ask at the same moment one hosts', async () => {
    const { code, cleo } = await left()
    stage.elapse(61_000)
    const ask = () => stage.request('POST', '/api/rooms/take-over', { body: { room_id: code }, token: cleo.token })
    expect((await Promise.all([ask(), ask(), ask()])).map(({ status }) => status)).not.toContain(500)
    expect((await factsOf(code, cleo)).host_id).toBe(cleo.id)
  })

  it('an heir whom the host makes a participant at that moment does not take over', async () => {
    const { table } = await import('../../functions/table/client.ts')
    const { code, host, cleo } = await left()
    stage.elapse(61_000)
    const taking = holdUpdate(table, 'former_host_id')
    const answer = stage.refused('rooms/take-over', { room_id: code }, cleo)
    await taking.hasArrived
    await stage.call('rooms/role', { room_id: code, user_id: cleo.id, role: 'participant' }, host)
    taking.letThrough()
    expect((await answer).body.code).toBe('conflict')
    expect(await roomByCode(code)).toMatchObject({ host_id: host.id })
  })

  it('a host who went silent is away although no close was reported', async () => {
    const { code, host } = await stage.room()
    const cleo = await stage.member(code, 'Cleo')
    await stage.call('rooms/role', { room_id: code, user_id: cleo.id, role: 'cohost' }, host)
    const [hana, socket] = [await stage.enter(code, host), await stage.enter(code, cleo)]
    await stage.settled()
    hana.send({ type: 'PING', t0: 1 })
    await hana.next('PONG')
    stage.elapse(4 * 60_000)
    socket.send({ type: 'PING', t0: 1 })
    await socket.next('PONG')
    expect(await refusal('rooms/take-over', code, cleo)).toBe('host_is_here')
    stage.elapse(2 * 60_000)
    await stage.call('rooms/take-over', { room_id: code }, cleo)
  })

  it('of a host who cannot come back is for any member where nobody helps, and for good', async () => {
    const { code, host } = await stage.room()
    const mia = await stage.member(code, 'Mia')
    await stage.enter(code, mia)
    await stage.settled()
    stage.elapse(61_000)
    const heir = () => stage.call('rooms/heir', { room_id: code }, mia)
    expect(await refusal('rooms/take-over', code, mia)).toBe('not_heir')
    expect(await heir()).toMatchObject({ user_id: null })
    // As where a guest was forgotten.
    await remove(userKey(host.id))
    expect(await heir()).toMatchObject({ user_id: mia.id })
    await stage.call('rooms/take-over', { room_id: code }, mia)
    expect(await factsOf(code, mia)).toMatchObject({ host_id: mia.id, stands_in_for: null })
    await stage.call('rooms/delete', { room_id: code }, mia)
  })

  it('of a guest without a token that holds is for any member, as they cannot come back', async () => {
    const { code, host } = await stage.room()
    const mia = await stage.member(code, 'Mia')
    const renewed = async (person: Person) => ({
      ...person,
      token: (await stage.call('auth/refresh', {}, person)).access_token,
    })
    stage.elapse(11 * HOUR_MS)
    const early = await renewed(mia)
    await stage.enter(code, early)
    await stage.settled()
    expect(await refusal('rooms/take-over', code, early)).toBe('not_heir')
    stage.elapse(HOUR_MS + 1000)
    expect((await stage.refused('auth/me', {}, host)).status).toBe(401)
    await stage.call('rooms/take-over', { room_id: code }, early)
    expect(await factsOf(code, early)).toMatchObject({ host_id: mia.id, stands_in_for: null })
  })

  it('of an account that can sign in again is for an heir alone, and of one that was banned for any member', async () => {
    const registering = { email: 'hana@example.com', password: 'correct horse', display_name: 'Hana' }
    const { id, access_token: token } = await stage.call('auth/register', registering)
    const host = { id, name: 'Hana', token }
    const { code } = await stage.call('rooms/create', { is_private: false }, host)
    const mia = await stage.member(code, 'Mia')
    stage.elapse(11 * HOUR_MS)
    const { access_token } = await stage.call('auth/refresh', {}, mia)
    stage.elapse(2 * HOUR_MS)
    const late = { ...mia, token: access_token }
    await stage.enter(code, late)
    await stage.settled()
    expect(await refusal('rooms/take-over', code, late)).toBe('not_heir')
    const user = await userById(id, stage.services.clock())
    if (user === undefined) throw new Error('There is no account.')
    await banUser(user, stage.services.clock())
    await stage.call('rooms/take-over', { room_id: code }, late)
    expect(await factsOf(code, late)).toMatchObject({ host_id: mia.id, stands_in_for: null })
  })

  it('[R23] is not for who is being removed, who is in no other heir’s way', async () => {
    const { code, cleo, cora } = await left()
    stage.elapse(61_000)
    await bar(code, cleo.id, stage.services.clock())
    expect(await refusal('rooms/take-over', code, cleo)).toBe('not_heir')
    expect(await stage.call('rooms/heir', { room_id: code }, cleo)).toMatchObject({ user_id: cora.id })
    await stage.call('rooms/take-over', { room_id: code }, cora)
  })

  it('is refused to who is no member', async () => {
    const { code } = await left({ heirs: 'MEMBERS' })
    stage.elapse(61_000)
    expect(await refusal('rooms/take-over', code, await stage.guest('Sam'))).toBe('not_a_member')
  })
})

describe('[R26] the host who comes back', () => {
  const taken = async () => {
    const staged = await left()
    stage.elapse(61_000)
    await stage.call('rooms/take-over', { room_id: staged.code }, staged.cleo)
    return staged
  }

  it('has the room again by one call, and who stood in is a co-host as before', async () => {
    const { code, host, cleo, cora } = await taken()
    expect(await refusal('rooms/take-back', code, cora)).toBe('not_host')
    await stage.call('rooms/take-back', { room_id: code }, host)
    await stage.call('rooms/take-back', { room_id: code }, host)
    expect(await factsOf(code, host)).toMatchObject({ host_id: host.id, host: 'Hana', stands_in_for: null })
    expect((await factsOf(code, host)).cohosts).toContain(cleo.id)
    expect(await refusal('rooms/take-back', code, cleo)).toBe('not_host')
    expect((await stage.refused('rooms/leave', { room_id: code }, host)).body.code).toBe('host_must_stay')
    await stage.call('rooms/leave', { room_id: code }, cleo)
  })

  it('is neither removed nor kept out by who stands in, who does not delete the room either', async () => {
    const { code, host, cleo } = await taken()
    const mayReturn = { status: 409, body: { code: 'host_may_return' } }
    for (const name of ['rooms/kick', 'rooms/ban'] as const)
      expect(await stage.refused(name, { room_id: code, user_id: host.id }, cleo)).toMatchObject(mayReturn)
    const admin = await administrator(stage, 'Ada')
    const removal = { room_id: code, user_id: host.id }
    expect(await stage.refused('admin/remove-member', removal, admin)).toMatchObject(mayReturn)
    expect(await stage.refused('rooms/delete', { room_id: code }, cleo)).toMatchObject(mayReturn)
    await stage.call('rooms/settings', { room_id: code, is_private: true, entry_mode: 'APPROVAL' }, cleo)
    expect(await stage.call('rooms/join', { code }, host)).toMatchObject({ status: 'APPROVED' })
    await stage.call('rooms/take-back', { room_id: code }, host)
  })

  it('is muted by nobody, neither by who stands in nor by a co-host', async () => {
    const { code, host, cleo, cora } = await taken()
    for (const person of [cleo, cora])
      for (const name of ['rooms/mute', 'rooms/unmute'] as const) {
        const about = { room_id: code, user_id: host.id, seconds: 60 }
        expect(await stage.refused(name, about, person)).toMatchObject({ body: { code: 'host_may_return' } })
      }
    await stage.call('rooms/take-back', { room_id: code }, host)
    const { participants } = await stage.call('rooms/participants', { room_id: code }, host)
    expect(participants.find(({ id }) => id === host.id)?.muted_until).toBeNull()
  })

  it('has it back also where who stood in handed it on or was away in turn', async () => {
    const { code, host, cleo, cora, sockets } = await taken()
    await sockets.cleo.close()
    await sockets.cora.next('USER_LEFT', ({ user_id }) => user_id === cleo.id)
    await stage.settled()
    stage.elapse(61_000)
    await stage.call('rooms/take-over', { room_id: code }, cora)
    expect((await factsOf(code, cora)).stands_in_for).toBe(host.id)
    await stage.handOver(code, cora, cleo)
    expect((await factsOf(code, cora)).stands_in_for).toBe(host.id)
    await stage.call('rooms/take-back', { room_id: code }, host)
  })

  it('has it back also by taking over from who stood in and is away: then nobody else may have it back', async () => {
    const { code, host, sockets, cleo } = await left({ heirs: 'MEMBERS' })
    stage.elapse(61_000)
    await stage.call('rooms/take-over', { room_id: code }, cleo)
    await stage.enter(code, host)
    for (const socket of Object.values(sockets)) await socket.close()
    await stage.settled()
    stage.elapse(61_000)
    await stage.call('rooms/take-over', { room_id: code }, host)
    expect((await factsOf(code, host)).stands_in_for).toBeNull()
    await stage.call('rooms/delete', { room_id: code }, host)
  })

  it('whoever had the room meanwhile is what they were, and who handed it on a participant', async () => {
    const { code, host, cleo, cora } = await taken()
    await stage.handOver(code, cleo, cora)
    expect((await roomByCode(code))?.cohosts).toEqual([cora.id])
    await stage.call('rooms/take-back', { room_id: code }, host)
    expect((await factsOf(code, host)).cohosts).toEqual([cora.id])
  })

  it('[A8] has it back where who stood in deletes their account', async () => {
    const { code, host, cleo } = await taken()
    await stage.call('auth/delete', {}, cleo)
    expect(await factsOf(code, host)).toMatchObject({ host_id: host.id, stands_in_for: null })
  })
})

describe('[A8] [R26] who stands in and deletes their account', () => {
  const taken = async () => {
    const staged = await left()
    stage.elapse(61_000)
    await stage.call('rooms/take-over', { room_id: staged.code }, staged.cleo)
    return staged
  }

  it('gives the room back also to whom a function that ended half way was about to remove', async () => {
    const { code, host, cleo } = await taken()
    await bar(code, host.id, stage.services.clock())
    stage.elapse(31_000)
    await stage.call('auth/delete', {}, cleo)
    expect(await factsOf(code, host)).toMatchObject({ host_id: host.id, stands_in_for: null })
  })

  it('ends it where the host leaves at that moment', async () => {
    const { table } = await import('../../functions/table/client.ts')
    const { code, host, cleo } = await taken()
    const giving = holdUpdate(table, 'hosting_since')
    const deletion = stage.call('auth/delete', {}, cleo)
    await giving.hasArrived
    await stage.call('rooms/leave', { room_id: code }, host)
    giving.letThrough()
    await deletion
    expect((await roomByCode(code))?.deleted_at).not.toBeNull()
  })
})

describe('[R26] a host who does not come back', () => {
  const taken = async () => {
    const staged = await left()
    stage.elapse(61_000)
    await stage.call('rooms/take-over', { room_id: staged.code }, staged.cleo)
    return staged
  }

  it('because they deleted their account, leaves the room to who stood in, and everybody hears it', async () => {
    const { code, host, cleo, sockets } = await taken()
    expect((await stage.refused('rooms/delete', { room_id: code }, cleo)).body.code).toBe('host_may_return')
    await stage.call('auth/delete', {}, host)
    await sockets.mia.next('ROOM_UPDATED', ({ stands_in_for }) => stands_in_for === null)
    expect(await factsOf(code, cleo)).toMatchObject({ host_id: cleo.id, stands_in_for: null })
    await stage.call('rooms/delete', { room_id: code }, cleo)
  })

  it('because they left, leaves it to who stood in for good, and everybody hears it', async () => {
    const { code, host, cleo, sockets } = await taken()
    await stage.call('rooms/leave', { room_id: code }, host)
    await sockets.mia.next('ROOM_UPDATED', ({ stands_in_for }) => stands_in_for === null)
    expect(await stage.call('rooms/leave', { room_id: code }, host), 'asked again').toEqual({ left: true })
    await stage.call('rooms/settings', { room_id: code, is_private: true, entry_mode: 'APPROVAL' }, cleo)
    expect(await stage.call('rooms/join', { code }, host)).toMatchObject({ status: 'PENDING' })
    expect(await refusal('rooms/take-back', code, host)).toBe('not_host')
    await stage.call('rooms/delete', { room_id: code }, cleo)
  })

  it('because they left at the moment at which somebody else took over in turn, leaves it for good as well', async () => {
    const { code, host, cleo, cora, sockets } = await taken()
    await sockets.cleo.close()
    await stage.settled()
    stage.elapse(61_000)
    const before = await roomByCode(code)
    await stage.call('rooms/leave', { room_id: code }, host)
    if (before === undefined) throw new Error('There is no room.')
    // The room as whoever takes over had read it before.
    expect(await setHost(code, byAbsence(before, cora.id, host.id), { user_id: cora.id, name: 'Cora' })).toBeUndefined()
    expect(await factsOf(code, cora)).toMatchObject({ host_id: cleo.id, stands_in_for: null })
  })

  it('because they deleted their account and the call ended before it had left the room, leaves it with the sweep', async () => {
    const { code, host, cleo } = await taken()
    const { endMembership, memberOf } = await import('../../functions/table/members.ts')
    const member = await memberOf(code, host.id)
    if (member === undefined) throw new Error('The host is no member.')
    await endMembership(code, member, 'LEFT', stage.services.clock())
    await stage.call('auth/delete', {}, host)
    stage.elapse(61_000)
    const { erase } = await import('../../functions/background/erase.ts')
    await erase({ user_id: host.id, deleted_at: stage.services.clock() - 61_000 }, stage.services.clock())
    expect((await factsOf(code, cleo)).stands_in_for).toBeNull()
  })

  it.each(['left', 'were forgotten'])('because they %s, leaves it to who is no co-host beside that', async (how) => {
    const { code, host, mia, cleo, cora } = how === 'left' ? await taken() : await left()
    if (how === 'left') await stage.call('rooms/leave', { room_id: code }, host)
    else {
      await remove(userKey(host.id))
      await stage.call('rooms/take-over', { room_id: code }, cleo)
    }
    expect((await factsOf(code, cleo)).cohosts).toEqual([cora.id])
    await stage.handOver(code, cleo, mia)
    expect((await factsOf(code, mia)).cohosts).toEqual([cora.id])
  })

  it('because they were forgotten, leaves it to who stood in as well', async () => {
    const { code, host, cleo } = await taken()
    const heir = () => stage.call('rooms/heir', { room_id: code }, cleo)
    expect(await heir()).toEqual({ user_id: null, returning: host.id })
    await remove(userKey(host.id))
    expect(await heir()).toEqual({ user_id: null, returning: null })
    await stage.call('rooms/delete', { room_id: code }, cleo)
  })

  it('because they were forgotten, is muted and removed as anybody is', async () => {
    const { code, host, cleo, sockets } = await taken()
    await remove(userKey(host.id))
    const about = { room_id: code, user_id: host.id }
    await stage.call('rooms/mute', { ...about, seconds: 60 }, cleo)
    await stage.call('rooms/unmute', about, cleo)
    await stage.call('rooms/kick', about, cleo)
    await sockets.mia.next('ROOM_UPDATED', ({ stands_in_for }) => stands_in_for === null)
  })

  it('because they were forgotten, is banned as anybody is, also by an administrator', async () => {
    const first = await taken()
    await remove(userKey(first.host.id))
    await stage.call('rooms/ban', { room_id: first.code, user_id: first.host.id }, first.cleo)
    const second = await taken()
    await remove(userKey(second.host.id))
    const admin = await administrator(stage, 'Ada')
    await stage.call('admin/remove-member', { room_id: second.code, user_id: second.host.id }, admin)
  })

  it('because they left, is banned although the function that they left by ended before it had told that', async () => {
    const { code, host, cleo } = await taken()
    const { endMembership, memberOf } = await import('../../functions/table/members.ts')
    const member = await memberOf(code, host.id)
    if (member === undefined) throw new Error('The host is no member.')
    await endMembership(code, member, 'LEFT', stage.services.clock())
    await stage.call('rooms/ban', { room_id: code, user_id: host.id }, cleo)
  })

  it('because they were forgotten, leaves it to who stood in: whose place is taken in turn, that one has it back', async () => {
    const { code, host, cleo, cora, sockets } = await taken()
    await remove(userKey(host.id))
    await sockets.cleo.close()
    await stage.settled()
    stage.elapse(61_000)
    await stage.call('rooms/take-over', { room_id: code }, cora)
    expect((await factsOf(code, cora)).stands_in_for).toBe(cleo.id)
    await stage.call('rooms/take-back', { room_id: code }, cleo)
  })
})

describe('[R27] asking for a pause', () => {
  it('is told to host and co-hosts alone, once in ten seconds for each person', async () => {
    const { code, host, mia, sockets } = await left()
    const hana = await stage.enter(code, host)
    const ask = () => stage.call('rooms/ask-pause', { room_id: code }, mia)
    await ask()
    for (const socket of [hana, sockets.cleo])
      expect(await socket.next('PAUSE_ASKED')).toMatchObject({ user: 'Mia', user_id: mia.id })
    expect(await stage.refused('rooms/ask-pause', { room_id: code }, mia)).toMatchObject({
      status: 429,
      body: { code: 'too_fast', retry_after: 10 },
    })
    stage.elapse(10_000)
    await ask()
    await hana.next('PAUSE_ASKED')
    await stage.settled()
    expect(sockets.mia.all('PAUSE_ASKED')).toEqual([])
  })

  it('is refused to the muted and to who is no member', async () => {
    const { code, host, mia } = await left()
    await stage.call('rooms/mute', { room_id: code, user_id: mia.id, seconds: 60 }, host)
    expect((await stage.refused('rooms/ask-pause', { room_id: code }, mia)).body.code).toBe('muted')
    const stranger = await stage.guest('Sam')
    expect((await stage.refused('rooms/ask-pause', { room_id: code }, stranger)).body.code).toBe('not_a_member')
  })

  it('is refused to who is being removed', async () => {
    const { code, mia } = await left()
    await bar(code, mia.id, stage.services.clock())
    expect((await stage.refused('rooms/ask-pause', { room_id: code }, mia)).body.code).toBe('not_a_member')
  })
})

it('[R28] who is muted hears it at once, and so does who may write again; nobody else does', async () => {
  const { code, host, mia, sockets } = await left()
  const before = stage.services.clock()
  await stage.call('rooms/mute', { room_id: code, user_id: mia.id, seconds: 60 }, host)
  expect((await sockets.mia.next('MUTED')).until).toBeGreaterThanOrEqual(before + 60_000)
  await stage.call('rooms/unmute', { room_id: code, user_id: mia.id }, host)
  expect(await sockets.mia.next('MUTED')).toMatchObject({ until: null })
  await stage.settled()
  expect(sockets.cleo.all('MUTED')).toEqual([])
})

it('[R28] a mute whose function ended before it was told is in the next PONG, and so is its end', async () => {
  const { code, mia, sockets } = await left()
  const { muteUntil } = await import('../../functions/table/members.ts')
  const until = stage.services.clock() + 60_000
  await muteUntil(code, mia.id, until)
  const mutedBy = async (t0: number) => {
    sockets.mia.send({ type: 'PING', t0 })
    return (await sockets.mia.next('PONG', (pong) => pong.t0 === t0)).muted_until
  }
  expect(await mutedBy(1)).toBe(until)
  stage.elapse(60_000)
  expect(await mutedBy(2)).toBeNull()
})

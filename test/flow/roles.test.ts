import { describe, expect, it, vi } from 'vitest'
import { table } from '../../functions/table/client.ts'
import { memberOf } from '../../functions/table/members.ts'
import { bar, appoint as saveAppointed } from '../../functions/table/roles.ts'
import { roomByCode } from '../../functions/table/rooms.ts'
import { MAX_COHOSTS } from '../../protocol/limits.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { openSocket } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'
import { lookAtRoom } from './silent-viewer.ts'

const stage = setUpStage()

const film = { url: 'https://a.example/v.mp4', title: null, duration: 600 }
const factsOf = (code: string, person: Person) => stage.call('rooms/detail', { code }, person)
const appoint = (code: string, host: Person, { id }: Person, role: 'cohost' | 'participant' = 'cohost') =>
  stage.call('rooms/role', { room_id: code, user_id: id, role }, host)

/** A room with a film, its host, a co-host and a participant, all inside. */
const roomOfThree = async () => {
  const { code, host } = await stage.room({ media: film })
  const [cleo, pia] = [await stage.member(code, 'Cleo'), await stage.member(code, 'Pia')]
  await appoint(code, host, cleo)
  const sockets = {
    host: await stage.enter(code, host),
    cleo: await stage.enter(code, cleo),
    pia: await stage.enter(code, pia),
  }
  await stage.settled()
  return { code, host, cleo, pia, sockets }
}

/** The same, where everybody commands. */
const roomOfEveryone = async () => {
  const room = await roomOfThree()
  await stage.call('rooms/settings', { room_id: room.code, control: 'EVERYONE' }, room.host)
  return room
}

describe('[R22] a co-host', () => {
  it('is told to everybody as a fact of the room, and in the list of who is here', async () => {
    const { code, host } = await stage.room()
    const cleo = await stage.member(code, 'Cleo')
    const viewer = await stage.enter(code, cleo)
    await appoint(code, host, cleo)
    expect(await viewer.next('ROOM_UPDATED')).toMatchObject({ cohosts: [cleo.id], revision: 1 })
    const late = await stage.enter(code, await stage.member(code, 'Pia'))
    const { members } = await late.next('ROOM_PARTICIPANTS')
    expect(members.find(({ user_id }) => user_id === cleo.id)).toMatchObject({ role: 'cohost' })
    await appoint(code, host, cleo, 'participant')
    expect(await viewer.next('ROOM_UPDATED')).toMatchObject({ cohosts: [], revision: 2 })
  })

  it('[P2] commands the playback, and stops as soon as the role is taken back', async () => {
    const { code, host, cleo, sockets } = await roomOfThree()
    sockets.cleo.send({ type: 'PLAY', time: 10 })
    expect(await sockets.pia.next('PLAY')).toMatchObject({ time: 10, user_id: cleo.id })
    await appoint(code, host, cleo, 'participant')
    sockets.cleo.send({ type: 'PAUSE', time: 20 })
    sockets.host.send({ type: 'SEEK', time: 30 })
    expect(await sockets.pia.next('SEEK')).toMatchObject({ is_playing: true, time: 30 })
  })

  it('chooses the video and tells what their player found out, and changes no other setting', async () => {
    const { code, cleo, sockets } = await roomOfThree()
    const media = { url: 'https://b.example/w.mp4', title: null, duration: null }
    await stage.call('rooms/settings', { room_id: code, media, start: 7 }, cleo)
    expect(await sockets.pia.next('PAUSE')).toMatchObject({ time: 7, user_id: cleo.id })
    await stage.call('rooms/settings', { room_id: code, learned: { url: media.url, duration: 90 } }, cleo)
    expect(await sockets.pia.next('MEDIA_LEARNED')).toMatchObject({ duration: 90 })
    for (const change of [
      { name: 'Mine' },
      { media, name: 'Mine' },
      { guests_allowed: false },
      { control: 'EVERYONE' },
    ])
      expect(await stage.refused('rooms/settings', { room_id: code, ...change }, cleo)).toMatchObject({
        status: 403,
        body: { code: 'not_host' },
      })
  })

  it('admits, declines, mutes and removes, and hears who waits', async () => {
    const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
    const cleo = await stage.member(code, 'Cleo')
    await stage.call('rooms/approve', { room_id: code, user_id: cleo.id }, host)
    await appoint(code, host, cleo)
    const socket = await stage.enter(code, cleo)
    const waiting = await stage.member(code, 'Wim')
    expect(await socket.next('JOIN_REQUESTED')).toMatchObject({ user_id: waiting.id })
    await stage.call('rooms/approve', { room_id: code, user_id: waiting.id }, cleo)
    await stage.call('rooms/mute', { room_id: code, user_id: waiting.id, seconds: 60 }, cleo)
    await stage.call('rooms/unmute', { room_id: code, user_id: waiting.id }, cleo)
    await stage.call('rooms/kick', { room_id: code, user_id: waiting.id }, cleo)
    await stage.call('rooms/ban', { room_id: code, user_id: waiting.id }, cleo)
    await stage.call('rooms/unban', { room_id: code, user_id: waiting.id }, cleo)
    const { participants } = await stage.call('rooms/participants', { room_id: code }, cleo)
    expect(participants.map(({ status }) => status).sort()).toEqual(['APPROVED', 'APPROVED', 'LEFT'])
  })

  it('neither removes the host nor another co-host, appoints nobody, and neither hands over nor deletes', async () => {
    const { code, host, cleo, pia } = await roomOfThree()
    await appoint(code, host, pia)
    const about = (user_id: string) => ({ room_id: code, user_id, seconds: 60, role: 'cohost' })
    for (const name of ['rooms/kick', 'rooms/ban'] as const)
      expect(await stage.refused(name, about(host.id), cleo)).toMatchObject({ body: { code: 'host_must_stay' } })
    for (const name of [
      'rooms/kick',
      'rooms/ban',
      'rooms/mute',
      'rooms/role',
      'rooms/transfer',
      'rooms/delete',
    ] as const)
      expect(await stage.refused(name, about(pia.id), cleo)).toMatchObject({ status: 403, body: { code: 'not_host' } })
    expect((await factsOf(code, host)).cohosts?.toSorted()).toEqual([cleo.id, pia.id].sort())
  })

  it.each(['kick', 'ban', 'leave'] as const)('loses the role by %s, also for when they come back', async (how) => {
    const { code, host, cleo, sockets } = await roomOfThree()
    const call =
      how === 'leave'
        ? ['rooms/leave', { room_id: code }, cleo]
        : [`rooms/${how}`, { room_id: code, user_id: cleo.id }, host]
    await stage.call(...(call as Parameters<typeof stage.call>))
    expect(await sockets.pia.next('ROOM_UPDATED')).toMatchObject({ cohosts: [] })
    expect(await stage.refused('rooms/kick', { room_id: code, user_id: host.id }, cleo)).toMatchObject({
      body: { code: 'not_host' },
    })
    if (how === 'ban') await stage.call('rooms/unban', { room_id: code, user_id: cleo.id }, host)
    if (how === 'kick') stage.elapse(11 * 60_000)
    await stage.call('rooms/join', { code }, cleo)
    expect((await factsOf(code, cleo)).cohosts).toEqual([])
  })

  it('can be appointed once more, and taken back once more: each is answered as the first time', async () => {
    const { code, host, cleo, sockets } = await roomOfThree()
    await appoint(code, host, cleo)
    expect(await sockets.pia.next('ROOM_UPDATED')).toMatchObject({ cohosts: [cleo.id], revision: 1 })
    await appoint(code, host, cleo, 'participant')
    await appoint(code, host, cleo, 'participant')
    expect((await factsOf(code, host)).revision).toBe(2)
  })

  it('is nobody who is no member, and not the host', async () => {
    const { code, host } = await stage.room()
    const stranger = await stage.guest('Sam')
    const role = (user_id: string) => ({ room_id: code, user_id, role: 'cohost' })
    expect(await stage.refused('rooms/role', role(stranger.id), host)).toMatchObject({
      body: { code: 'member_not_found' },
    })
    expect(await stage.refused('rooms/role', role(host.id), host)).toMatchObject({ body: { code: 'invalid_field' } })
    expect(await stage.refused('rooms/role', role(host.id), stranger)).toMatchObject({ body: { code: 'not_host' } })
  })

  it(`is one of ${MAX_COHOSTS} at the most, also where more are appointed at once`, async () => {
    const { code, host } = await stage.room()
    const people = await Promise.all(
      Array.from({ length: MAX_COHOSTS + 2 }, (_, index) => stage.member(code, `Co ${index}`)),
    )
    const answers = await Promise.all(
      people.map(({ id }) =>
        stage.request('POST', '/api/rooms/role', {
          body: { room_id: code, user_id: id, role: 'cohost' },
          token: host.token,
        }),
      ),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(MAX_COHOSTS)
    expect(answers.filter(({ body }) => body.code === 'too_many_cohosts')).toHaveLength(2)
    expect((await factsOf(code, host)).cohosts).toHaveLength(MAX_COHOSTS)
  })

  it('is appointed in no room that ends at the same moment', async () => {
    const { code, host } = await stage.room()
    const cleo = await stage.member(code, 'Cleo')
    const appointing = holdUpdate(table, 'cohosts')
    const refused = stage.refused('rooms/role', { room_id: code, user_id: cleo.id, role: 'cohost' }, host)
    await appointing.hasArrived
    await stage.call('rooms/delete', { room_id: code }, host)
    appointing.letThrough()
    expect(await refused).toMatchObject({ body: { code: 'room_not_found' } })
  })

  it('who is appointed while they leave is no co-host in the end', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { code, host } = await stage.room()
      const cleo = await stage.member(code, 'Cleo')
      await Promise.all([
        stage.request('POST', '/api/rooms/role', {
          body: { room_id: code, user_id: cleo.id, role: 'cohost' },
          token: host.token,
        }),
        stage.call('rooms/leave', { room_id: code }, cleo),
      ])
      await stage.settled()
      expect((await factsOf(code, host)).cohosts).toEqual([])
    }
  })
})

describe('[R23] control', () => {
  it('[P2] EVERYONE: every member plays, pauses and seeks; HOSTS again: nothing happens', async () => {
    const { code, host, pia, sockets } = await roomOfThree()
    sockets.pia.send({ type: 'PLAY', time: 1 })
    await stage.settled()
    await stage.call('rooms/settings', { room_id: code, control: 'EVERYONE' }, host)
    expect(await sockets.cleo.next('ROOM_UPDATED')).toMatchObject({ control: 'EVERYONE' })
    sockets.pia.send({ type: 'PLAY', time: 5 })
    expect(await sockets.cleo.next('PLAY')).toMatchObject({ time: 5, user_id: pia.id })
    expect(await stage.refused('rooms/settings', { room_id: code, media: film }, pia)).toMatchObject({
      body: { code: 'not_host' },
    })
    await stage.call('rooms/settings', { room_id: code, control: 'HOSTS' }, host)
    sockets.pia.send({ type: 'PAUSE', time: 6 })
    await stage.settled()
    sockets.host.send({ type: 'SEEK', time: 9 })
    expect(await sockets.cleo.next('SEEK')).toMatchObject({ is_playing: true, time: 9 })
  })

  it('EVERYONE: whoever is being removed commands nothing, also where the function that removes them ended half way', async () => {
    const { code, host, pia, cleo, sockets } = await roomOfEveryone()
    for (const [person, socket] of [
      [pia, sockets.pia],
      [cleo, sockets.cleo],
    ] as const) {
      await bar(code, person.id, stage.services.clock())
      socket.send({ type: 'SEEK', time: 77 })
      await stage.settled()
      expect((await roomByCode(code))?.version).toBe(0)
      await stage.call('rooms/kick', { room_id: code, user_id: person.id }, host)
      expect((await socket.next('REMOVED')).code).toBe('kicked')
    }
    await lookAtRoom(stage, sockets.host)
    expect(await roomByCode(code)).toMatchObject({ cohosts: [], barred: [] })
  })

  it('EVERYONE: who comes back after a removal that ended half way commands as everybody does', async () => {
    const { code, pia } = await roomOfEveryone()
    await stage.call('rooms/leave', { room_id: code }, pia)
    await bar(code, pia.id, stage.services.clock())
    await stage.call('rooms/join', { code }, pia)
    const back = await stage.enter(code, pia)
    // A command during the greeting is told as the state that came of it.
    await stage.settled()
    back.send({ type: 'SEEK', time: 77 })
    expect(await back.next('SEEK')).toMatchObject({ time: 77 })
  })
})

describe('[R23] whom a function that ended half way was about to remove', () => {
  const SEEK = { type: 'SEEK', time: 77 } as const
  const expectCommand = async ({ cleo, pia }: Awaited<ReturnType<typeof roomOfThree>>['sockets']) => {
    cleo.send(SEEK)
    expect(await pia.next('SEEK')).toMatchObject({ time: 77 })
  }

  it('has no right for as long as a function may live, whatever they call', async () => {
    const { code, cleo, sockets } = await roomOfThree()
    await bar(code, cleo.id, stage.services.clock())
    stage.elapse(25_000)
    await stage.call('rooms/join', { code }, cleo)
    sockets.cleo.send(SEEK)
    await stage.settled()
    expect(await roomByCode(code)).toMatchObject({ version: 0, barred: [cleo.id] })
  })

  it('EVERYONE: commands nothing by a socket that the function did not come to close', async () => {
    for (const isAskedAgain of [true, false]) {
      const { code, host, pia, sockets } = await roomOfEveryone()
      stage.runtime.faults.killInvocation = ({ service, action }) => service === 'management' && action === 'DELETE'
      const ban = { room_id: code, user_id: pia.id }
      await stage.refused('rooms/ban', ban, host)
      await stage.settled()
      stage.runtime.faults.reset()
      if (isAskedAgain) {
        await stage.call('rooms/ban', ban, host)
        await sockets.pia.closed
      }
      await lookAtRoom(stage, sockets.host)
      await sockets.pia.closed
      expect(await roomByCode(code)).toMatchObject({ version: 0, barred: [] })
    }
  })

  it.each<
    [
      string,
      () => ReturnType<typeof roomOfThree>,
      (about: { room_id: string; user_id: string }, host: Person) => Promise<unknown>,
    ]
  >([
    ['EVERYONE: ', roomOfEveryone, (about, host) => stage.call('rooms/kick', about, host)],
    [
      'once everybody may: ',
      roomOfThree,
      async (about, host) => {
        await stage.call('rooms/kick', about, host)
        await stage.call('rooms/settings', { room_id: about.room_id, control: 'EVERYONE' }, host)
      },
    ],
    [
      'EVERYONE, banned after a kick: ',
      roomOfEveryone,
      async (about, host) => {
        await stage.call('rooms/kick', about, host)
        await stage.call('rooms/ban', about, host)
      },
    ],
  ])('%scommands nothing by a socket that the gateway did not close', async (_when, open, remove) => {
    const { code, host, pia, sockets } = await open()
    stage.runtime.faults.answerClose = () => 500
    await remove({ room_id: code, user_id: pia.id }, host)
    sockets.pia.send(SEEK)
    await stage.settled()
    expect(await roomByCode(code)).toMatchObject({ version: 0, barred: [pia.id] })
    stage.runtime.faults.reset()
    await lookAtRoom(stage, sockets.host)
    await sockets.pia.closed
    expect(await roomByCode(code)).toMatchObject({ barred: [] })
  })

  it('EVERYONE: nobody stays barred of several who leave at once', async () => {
    const { code } = await roomOfEveryone()
    const people = await Promise.all(['Ann', 'Ben', 'Cat', 'Dan'].map((name) => stage.member(code, name)))
    await Promise.all(people.map((person) => stage.call('rooms/leave', { room_id: code }, person)))
    expect(await roomByCode(code)).toMatchObject({ barred: [] })
  })

  it('EVERYONE: stays without rights where a call that lifts their kick ends after a newer one', async () => {
    const { code, host, pia } = await roomOfEveryone()
    const about = { room_id: code, user_id: pia.id }
    await stage.call('rooms/kick', about, host)
    const unbarring = holdUpdate(table, '"barred"')
    const lifting = stage.call('rooms/unban', about, host)
    await unbarring.hasArrived
    await stage.call('rooms/kick', about, host)
    unbarring.letThrough()
    await lifting
    expect(await memberOf(code, pia.id)).toMatchObject({ status: 'KICKED' })
    expect(await roomByCode(code)).toMatchObject({ barred: [pia.id] })
  })

  it('EVERYONE: stays without rights where their own leave ends while they are banned', async () => {
    const { code, host, pia } = await roomOfEveryone()
    const barring = holdUpdate(table, '"barred"')
    const ban = stage.call('rooms/ban', { room_id: code, user_id: pia.id }, host)
    await barring.hasArrived
    stage.runtime.faults.delayPost = ({ data }) => (data.includes('REMOVED') ? 1_000 : 0)
    const leave = stage.call('rooms/leave', { room_id: code }, pia)
    await vi.waitUntil(async () => (await memberOf(code, pia.id))?.status === 'LEFT', { interval: 10 })
    const unbarring = holdUpdate(table, 'barred')
    await unbarring.hasArrived
    barring.letThrough()
    await ban
    unbarring.letThrough()
    await leave
    expect(await memberOf(code, pia.id)).toMatchObject({ status: 'BANNED' })
    expect(await roomByCode(code)).toMatchObject({ barred: [pia.id] })
  })

  it('EVERYONE: commands nothing by a socket that opens behind their removal', async () => {
    const { code, host, sockets } = await roomOfEveryone()
    const tom = await stage.member(code, 'Tom')
    stage.runtime.faults.killInvocation = ({ function: name }) => name.startsWith('Welcome')
    const recording = holdUpdate(table, '"opening"')
    const opening = openSocket(stage.runtime.roomUrl(code, tom.token))
    await recording.hasArrived
    await stage.call('rooms/kick', { room_id: code, user_id: tom.id }, host)
    recording.letThrough()
    const socket = await opening
    socket.send(SEEK)
    await stage.settled()
    expect(await roomByCode(code)).toMatchObject({ version: 0 })
    await expectCommand(sockets)
  })

  it('EVERYONE: commands nothing where another call to remove them came too late', async () => {
    const { code, host, pia, sockets } = await roomOfEveryone()
    const kicking = holdUpdate(table, 'KICKED', 1, 'TransactWriteItemsCommand')
    const kick = stage.refused('rooms/kick', { room_id: code, user_id: pia.id }, host)
    await kicking.hasArrived
    stage.runtime.faults.killInvocation = ({ service, action }) => service === 'management' && action === 'DELETE'
    await stage.refused('rooms/leave', { room_id: code }, pia)
    stage.runtime.faults.reset()
    kicking.letThrough()
    expect(await kick).toMatchObject({ body: { code: 'member_not_found' } })
    sockets.pia.send(SEEK)
    await stage.settled()
    expect(await roomByCode(code)).toMatchObject({ version: 0 })
    await stage.call('rooms/leave', { room_id: code }, pia)
    expect(await roomByCode(code)).toMatchObject({ barred: [] })
  })

  it('has their rights again once they join', async () => {
    const { code, cleo, sockets } = await roomOfThree()
    await bar(code, cleo.id, stage.services.clock())
    stage.elapse(31_000)
    await stage.call('rooms/join', { code }, cleo)
    await expectCommand(sockets)
    expect((await roomByCode(code))?.barred).toEqual([])
  })

  it('has no right where it met a fault once they were removed, and no role once it is asked again', async () => {
    const { code, host, cleo, pia } = await roomOfThree()
    stage.runtime.faults.failDynamoDb = ({ action }) => (action === 'DeleteItem' ? 'InternalServerError' : undefined)
    const kick = { room_id: code, user_id: cleo.id }
    expect(await stage.refused('rooms/kick', kick, host)).toMatchObject({ status: 500 })
    stage.runtime.faults.reset()
    expect(await stage.refused('rooms/mute', { room_id: code, user_id: pia.id, seconds: 60 }, cleo)).toMatchObject({
      body: { code: 'not_host' },
    })
    await stage.call('rooms/kick', kick, host)
    expect(await roomByCode(code)).toMatchObject({ barred: [cleo.id], cohosts: [] })
  })

  it('has them with the role that the host gives, or gives once more', async () => {
    const { code, host, cleo, sockets } = await roomOfThree()
    await bar(code, cleo.id, stage.services.clock())
    stage.elapse(31_000)
    await appoint(code, host, cleo)
    await expectCommand(sockets)
  })

  it('has them once somebody looks at the room, and who is no member any more has lost the role then', async () => {
    const { code, host, cleo, pia, sockets } = await roomOfThree()
    const gone = await stage.member(code, 'Gone')
    await stage.call('rooms/leave', { room_id: code }, gone)
    // As where the function ended before it took the role.
    await saveAppointed({ code, from: host.id, userId: gone.id }, 'cohost')
    for (const { id } of [cleo, gone]) await bar(code, id, stage.services.clock())
    stage.elapse(61_000)
    sockets.host.send({ type: 'PING', t0: 1 })
    await sockets.host.next('PONG')
    await stage.settled()
    await expectCommand(sockets)
    expect(await roomByCode(code)).toMatchObject({ barred: [], cohosts: [cleo.id] })
    const kick = { room_id: code, user_id: pia.id }
    expect(await stage.refused('rooms/kick', kick, gone)).toMatchObject({ body: { code: 'not_host' } })
  })
})

import { describe, expect, it, vi } from 'vitest'
import { isAnnounced } from '../../functions/domain/presence.ts'
import { depart } from '../../functions/presence/depart.ts'
import { presenceOf } from '../../functions/table/presences.ts'
import { roomByCode } from '../../functions/table/rooms.ts'
import type { FunctionCall } from '../../local/faults.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { openSocket, type RoomSocket } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'
import { foldGiven } from './given-only-client.ts'
import { lookAtRoom } from './silent-viewer.ts'

const stage = setUpStage()

const SILENT_MS = 5 * 60_000 + 1_000
const EXPIRED_MS = 2 * 3_600_000 + 6 * 60_000

/** Who came and who left, as somebody heard it. After slow posts a coming is told once more, with the same number. */
const comingsAndGoings = ({ frames }: RoomSocket) => {
  const told = frames.flatMap((frame) => (frame.type === 'USER_JOINED' || frame.type === 'USER_LEFT' ? [frame] : []))
  return told.filter((one, index) => told.findIndex(({ revision }) => revision === one.revision) === index)
}

const loseWithoutAWord = async (sockets: readonly RoomSocket[]) => {
  const open = stage.runtime.connections().length
  stage.runtime.faults.dropDisconnect = true
  for (const { socket } of sockets) socket.terminate()
  await vi.waitUntil(() => stage.runtime.connections().length === open - sockets.length)
  stage.runtime.faults.dropDisconnect = false
}

/** A host who watches, and so many tabs of Cleo whose lines died without a word. Nobody has looked. */
const withLostTabs = async ({ tabs = 1, sendsPings = true, lostFor = SILENT_MS } = {}) => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  const cleo = await stage.member(code, 'Cleo')
  const sockets: RoomSocket[] = []
  for (let count = 0; count < tabs; count += 1) sockets.push(await stage.enter(code, cleo))
  await hana.next('USER_JOINED')
  for (const socket of sendsPings ? sockets : []) {
    socket.send({ type: 'PING', t0: 1 })
    await socket.next('PONG')
  }
  await stage.settled()
  await loseWithoutAWord(sockets)
  stage.elapse(lostFor - SILENT_MS)
  // The gateway makes everybody come again in two hours.
  const watching = lostFor === SILENT_MS ? hana : await stage.enter(code, host)
  stage.elapse(SILENT_MS)
  const known = comingsAndGoings(watching).length
  const heard = () => comingsAndGoings(watching).slice(known)
  return { code, watching, cleo, heard, heardTypes: () => heard().map(({ type }) => type) }
}

/** Somebody plays the room from 100 on, alone, and falls silent. That was five minutes ago. */
const playsAndFallsSilent = async (code: string, person: Person) => {
  const socket = await stage.enter(code, person)
  socket.send({ type: 'PLAY', time: 100 })
  await socket.next('PLAY')
  socket.send({ type: 'PING', t0: 1 })
  await socket.next('PONG')
  await stage.settled()
  await loseWithoutAWord([socket])
  stage.elapse(SILENT_MS)
}

const LEFT_AND_BACK = ['USER_LEFT', 'USER_JOINED']

describe('[W2] [W8] who comes back while a socket of theirs that is over is still recorded', () => {
  it.each([
    ['after five minutes without a PING', {}],
    ['after two hours without any', { sendsPings: false, lostFor: EXPIRED_MS }],
  ])('%s has left before they come, and leaves once more when they go', async (_, how) => {
    const { code, watching, cleo, heard, heardTypes } = await withLostTabs(how)
    const back = await stage.enter(code, cleo)
    await stage.settled()
    expect(heardTypes()).toEqual(LEFT_AND_BACK)
    const [left, came] = heard()
    expect(came?.at).toBeGreaterThan(left?.at ?? Number.NaN)
    expect([...foldGiven(watching).people]).toContain('Cleo')
    await back.close()
    await stage.settled()
    expect(heardTypes()).toEqual([...LEFT_AND_BACK, 'USER_LEFT'])
  })

  it('is there in the end where two tabs are lost, and two come back at once', async () => {
    const { code, watching, cleo, heardTypes } = await withLostTabs({ tabs: 2 })
    await Promise.all([stage.enter(code, cleo), stage.enter(code, cleo)])
    await stage.settled()
    expect(heardTypes()[0]).toBe('USER_LEFT')
    expect(heardTypes().filter((type) => type === 'USER_JOINED')).toHaveLength(1)
    expect([...foldGiven(watching).people]).toContain('Cleo')
  })

  describe('[P7] finds the room paused where they were last heard of', () => {
    const leftPlaying = async () => {
      const { code, host } = await stage.room()
      await playsAndFallsSilent(code, host)
      return { code, host }
    }
    const found = async (socket: RoomSocket) => {
      const state = await socket.next('PLAYBACK_STATE')
      expect(state.is_playing).toBe(false)
      expect(state.time).toBeLessThan(110)
    }

    it('by one socket', async () => {
      const { code, host } = await leftPlaying()
      await found(await openSocket(stage.runtime.roomUrl(code, host.token)))
    })

    it('by two that open at once, of which neither has watched', async () => {
      const { code, host } = await leftPlaying()
      const guest = await stage.member(code, 'Gus')
      stage.runtime.faults.delayPost = ({ data }) => (data.includes('ROOM_PARTICIPANTS') ? 600 : 0)
      const urls = [host, guest].map(({ token }) => stage.runtime.roomUrl(code, token))
      for (const socket of await Promise.all(urls.map((url) => openSocket(url)))) await found(socket)
    })

    it('by the second socket where the first went before it was greeted', async () => {
      const { code, host } = await leftPlaying()
      stage.runtime.faults.delayPost = ({ data }) => (data.includes('ROOM_PARTICIPANTS') ? 600 : 0)
      const first = await openSocket(stage.runtime.roomUrl(code, host.token))
      first.socket.terminate()
      await stage.settled()
      stage.runtime.faults.reset()
      await found(await openSocket(stage.runtime.roomUrl(code, host.token)))
    })
  })

  it('[P7] may play at once, and the room is not noted as empty then', async () => {
    const { code, host } = await stage.room()
    const before = await stage.enter(code, host)
    before.send({ type: 'PING', t0: 1 })
    await before.next('PONG')
    await stage.settled()
    await loseWithoutAWord([before])
    stage.elapse(SILENT_MS)
    stage.runtime.faults.delayPost = ({ data }) => (data.includes('ROOM_PARTICIPANTS') ? 600 : 0)
    const back = await openSocket(stage.runtime.roomUrl(code, host.token))
    back.send({ type: 'PLAY', time: 100 })
    expect(await back.next('PLAYBACK_STATE')).toMatchObject({ is_playing: true })
    await stage.settled()
    expect(await roomByCode(code)).toMatchObject({ is_playing: true, empty_since: null })
  })
})

it('[P7] [R8] a room that somebody leaves who fell silent stands where they were last heard of', async () => {
  const { code, host } = await stage.room()
  await stage.call('rooms/settings', { room_id: code, control: 'EVERYONE' }, host)
  const gus = await stage.member(code, 'Gus')
  await playsAndFallsSilent(code, gus)
  await stage.call('rooms/leave', { room_id: code }, gus)
  await stage.settled()
  const state = await (await openSocket(stage.runtime.roomUrl(code, host.token))).next('PLAYBACK_STATE')
  expect(state.is_playing).toBe(false)
  expect(state.time).toBeLessThan(110)
})

describe('[P7] a room that somebody left after the other viewer had fallen silent stands where they left', () => {
  const leftLater = async () => {
    const { code, host } = await stage.room()
    const gus = await stage.enter(code, await stage.member(code, 'Gus'))
    const hana = await stage.enter(code, host)
    hana.send({ type: 'PLAY', time: 100 })
    await gus.next('PLAY')
    hana.send({ type: 'PING', t0: 1 })
    await hana.next('PONG')
    await stage.settled()
    await loseWithoutAWord([hana])
    stage.elapse(120_000)
    await gus.close()
    await stage.settled()
    stage.elapse(SILENT_MS)
    return { code, host }
  }
  const expectWhereLeft = async (code: string, person: Person) => {
    const [state] = (await stage.enter(code, person)).all('PLAYBACK_STATE')
    expect(state?.is_playing).toBe(false)
    expect(state?.time).toBeGreaterThanOrEqual(219)
    expect(state?.time).toBeLessThan(240)
  }

  it('for the one who fell silent', async () => {
    const { code, host } = await leftLater()
    await expectWhereLeft(code, host)
  })

  it.each(['found', 'closed'] as const)('for others, also once the silent one is %s', async (how) => {
    const { code, host } = await leftLater()
    const { connections } = (await presenceOf(code, host.id)) ?? { connections: [] }
    const silent = connections.map(({ id: connectionId }) => ({ userId: host.id, connectionId }))
    await depart(code, silent, how, { ...stage.services, startRepair: async () => undefined })
    await expectWhereLeft(code, await stage.member(code, 'Ida'))
  })
})

it('[W2] a person whose two tabs are found to be over at once leaves once', async () => {
  const { watching, heardTypes } = await withLostTabs({ tabs: 2 })
  await lookAtRoom(stage, watching)
  expect(heardTypes()).toEqual(['USER_LEFT'])
})

const READING: ReadonlySet<string> = new Set(['BatchGetItem', 'GET', 'GetItem', 'Query'])
const isDoing = ({ service, action }: FunctionCall) => service !== 'secrets' && !READING.has(action)

it('[W8] who comes back so is heard to leave and to come, wherever the greeting ends before that', async () => {
  for (let nth = 1; ; nth += 1) {
    const { code, watching, cleo, heard } = await withLostTabs()
    const lostFrom = stage.services.clock()
    let done = 0
    stage.runtime.faults.killInvocation = (call) => {
      if (!call.function.startsWith('Welcome') || !isDoing(call)) return false
      done += 1
      return done === nth
    }
    const socket = await openSocket(stage.runtime.roomUrl(code, cleo.token))
    await stage.settled()
    stage.runtime.faults.reset()
    // From the claim on it is as with whoever comes.
    const row = await presenceOf(code, cleo.id)
    if (row !== undefined && isAnnounced(row) && (row.present_since ?? 0) > lostFrom) break
    // Longer than a function goes on telling. Then she asks, and comes once more where she was not greeted.
    stage.elapse(31_000)
    socket.send({ type: 'PING', t0: 1 })
    await Promise.race([socket.next('PONG').catch(() => undefined), socket.closed])
    if (socket.socket.readyState !== socket.socket.OPEN) await stage.enter(code, cleo)
    await stage.settled()
    await lookAtRoom(stage, watching)
    const types = heard()
      .sort((one, other) => one.at - other.at)
      .map(({ type }) => type)
    // A leave is told again where the function ended before it had noted that.
    const once = types.filter((type, index) => type === 'USER_JOINED' || types[index - 1] !== type)
    expect([nth, ...once]).toEqual([nth, ...LEFT_AND_BACK])
  }
}, 120_000)

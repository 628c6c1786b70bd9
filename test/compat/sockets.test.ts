import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { positionAt } from '../../protocol/playback.ts'
import type { RoomSocket } from '../staging/socket.ts'
import { versions } from './recorded.ts'
import { type Replay, replay } from './replay.ts'

const named = (socket: RoomSocket) => socket.all('ROOM_PARTICIPANTS')[0]?.participants
const about = (seconds: number | undefined) => Math.round(seconds ?? Number.NaN)

describe.each(versions)('the sockets of %s', (version) => {
  let then: Replay
  let ana: RoomSocket
  beforeAll(async () => {
    then = await replay(version)
    // The gateway still has the sockets of which the rows tell.
    then.stage.runtime.faults.answerPost = ({ connectionId }) =>
      then.recorded.events.sockets.some(({ connection_id }) => connection_id === connectionId) ? 200 : undefined
  })
  afterAll(() => then.close())

  const enter = (room: string, who: string) => then.stage.enter(then.code(room), then.person(who))
  /** The playback of a room as it was stored. */
  const stored = (room: string) => {
    const item = then.recorded.items.core.find(({ pk, sk }) => pk === `ROOM#${then.code(room)}` && sk === 'META')
    const { time, at, rate, is_playing, version: number } = item as Record<string, number>
    return { time: time ?? 0, at: at ?? 0, rate: rate ?? 0, is_playing: Boolean(is_playing), version: number ?? 0 }
  }
  const socketOf = (who: string, room: string) => {
    const found = then.recorded.events.sockets.filter((socket) => socket.who === who && socket.room === room)
    if (found.length === 0) throw new Error(`The recording has no open socket of ${who} in ${room}.`)
    return found
  }
  /** An event of a socket that was opened before the deploy: its context is what the authorizer said then. */
  const event = (socket: ReturnType<typeof socketOf>[number], eventType: string, body = '') => ({
    requestContext: {
      ...{ eventType, routeKey: '$default', connectionId: socket.connection_id, authorizer: socket.context },
      ...{ messageId: randomUUID(), requestTimeEpoch: Date.now() },
    },
    body,
  })

  it('greet who comes later with who is live, what was said, and where the video is by then', async () => {
    ana = await enter('film', 'ana_2')
    // Two are not greeted yet, and one who is has two sockets.
    expect(named(ana)).toEqual(['Hana', 'Ana 2', 'Bo'])
    const said = then.recorded.items.core.filter(({ pk }) => pk === `CHAT#${then.code('film')}`)
    expect(ana.all('CHAT_HISTORY')[0]?.messages.map(({ message }) => message)).toEqual(said.map((one) => one.message))
    const [state] = ana.all('PLAYBACK_STATE')
    expect(state).toMatchObject({ is_playing: true, version: stored('film').version })
    expect(about(state?.time)).toBe(about(positionAt(stored('film'), state?.at ?? 0)))
    expect(state?.time).toBeGreaterThan(stored('film').time)
    await then.stage.settled()
  })

  it('count where they are open', async () => {
    const { viewers } = await then.stage.call('rooms/preview', { code: then.code('film') })
    // Hana, Bo, one who is about to be greeted, one who is being greeted, and Ana.
    expect(viewers).toBe(5)
    expect(await then.stage.call('rooms/preview', { code: then.code('dozing') })).toMatchObject({ viewers: 0 })
  })

  it('still speak for their people: a frame of the host is heard', async () => {
    for (const socket of socketOf('hana', 'film')) {
      await then.invoke('Message', event(socket, 'MESSAGE', '{"type":"CHAT_MESSAGE","message":"from before"}'))
      expect(await ana.next('CHAT_MESSAGE')).toMatchObject({ user: 'Hana', message: 'from before' })
      await then.invoke('Message', event(socket, 'MESSAGE', '{"type":"PAUSE","time":300}'))
      expect(await ana.next('PAUSE')).toMatchObject({ time: 300, version: stored('film').version + 1 })
    }
  })

  it('leave when the last of a person closes', async () => {
    const [first, last] = socketOf('bo', 'film')
    if (first === undefined || last === undefined) throw new Error('Bo had two sockets.')
    await then.invoke('Disconnect', event(first, 'DISCONNECT'))
    await then.stage.settled()
    expect(ana.all('USER_LEFT')).toEqual([])
    await then.invoke('Disconnect', event(last, 'DISCONNECT'))
    expect(await ana.next('USER_LEFT')).toMatchObject({ user: 'Bo' })
  })

  it('that nobody greeted or closed are found out and removed', async () => {
    const [arrival] = socketOf('hana', 'film').map((socket) => socket.arrival)
    const { presencesIn } = await import('../../functions/table/presences.ts')
    const opening = (await presencesIn(then.code('film'))).find(({ user_id }) => user_id === then.person('uma').id)
    const { id: connectionId, state } = opening?.connections[0] ?? {}
    expect(state).toBe('opening')
    then.stage.runtime.faults.answerPost = (post) => {
      // Once welcome tries, half a minute passes.
      if (post.connectionId === connectionId) then.stage.elapse(31_000)
      return undefined
    }
    const greeting = then.invoke('Welcome', { ...arrival, userId: opening?.user_id, name: 'Uma', connectionId })
    expect(await greeting).toBe('never opened')
    then.stage.runtime.faults.reset()
    ana.send({ type: 'CHAT_MESSAGE', message: 'anybody there?' })
    expect(await ana.next('USER_LEFT')).toMatchObject({ user: 'Hana' })
    await then.stage.settled()
    expect((await presencesIn(then.code('film'))).map(({ name }) => name)).toEqual(['Ana 2'])
  })

  it('do not speak for who is muted, until it is over, nor where chat is off', async () => {
    const mo = await enter('film', 'mo')
    mo.send({ type: 'CHAT_MESSAGE', message: 'may I?' })
    expect(await mo.next('ERROR')).toMatchObject({ code: 'muted', retry_after: expect.any(Number) })
    const gil = await enter('quiet', 'gil')
    gil.send({ type: 'CHAT_MESSAGE', message: 'may I?' })
    expect(await gil.next('ERROR')).toMatchObject({ code: 'chat_disabled' })
    then.stage.elapse(3600 * 1000)
    mo.send({ type: 'CHAT_MESSAGE', message: 'at last' })
    expect(await ana.next('CHAT_MESSAGE', ({ user }) => user === 'Mo')).toMatchObject({ message: 'at last' })
  })

  it('that ended without a word watch nothing: their room is paused for who comes', async () => {
    const dirk = await enter('dozing', 'dirk')
    expect(named(dirk)).toEqual(['Dirk'])
    const [state] = dirk.all('PLAYBACK_STATE')
    expect(state).toMatchObject({ is_playing: false, version: stored('dozing').version + 1 })
    expect(about(state?.time)).toBe(7200)
  })

  it('send frames that are taken for what they say', async () => {
    const hana = await enter('film', 'hana')
    // Until the greeting has looked for the last time, it may tell a command as well, without its ref (W3).
    await then.stage.settled()
    for (const frame of then.recorded.frames.client) {
      hana.send(frame)
      const { type, ref, time, message, t0, after } = frame
      const echo = ref === undefined ? {} : { ref }
      if (type === 'CHAT_MESSAGE') {
        expect(await ana.next(type, (heard) => heard.message === message)).toMatchObject({ user: 'Hana' })
        expect(await hana.next(type)).toMatchObject({ message, ...echo })
      } else if (type === 'PLAY' || type === 'PAUSE' || type === 'SEEK') {
        const seconds = Math.round(Number(time) * 1000) / 1000
        expect(await ana.next(type, (heard) => heard.time === seconds)).toBeDefined()
        expect(await hana.next(type)).toMatchObject({ time: seconds, ...echo })
      } else if (type === 'PING') {
        expect(await hana.next('PONG')).toMatchObject({ t0, ...echo })
      } else {
        expect(type).toBe('SYNC_REQUEST')
        expect(await hana.next('PLAYBACK_STATE')).toMatchObject(echo)
        if (after !== undefined)
          expect(await hana.next('CHAT_HISTORY', ({ since }) => since === after)).toMatchObject(echo)
      }
    }
    expect(hana.all('ERROR')).toEqual([])
  })
})

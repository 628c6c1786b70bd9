import { expect } from 'vitest'
import type { RoomState } from '../../client/index.ts'
import { type Cases, film, hostAndViewer, texts, untilAll, versionOf } from './case.ts'

export const repair: Cases = {
  '[K1] PING is answered to its sender with both clocks, the version and its ref': async (open) => {
    const room = await open(film)
    const { host, viewer } = await hostAndViewer(room)
    host.session.play(5)
    const { version } = await viewer.next('PLAY')
    const began = room.venue.serverNow()
    viewer.send({ type: 'PING', t0: 123.5, ref: 'mine' })
    const pong = await viewer.next('PONG', ({ t0 }) => t0 === 123.5)
    expect(pong).toMatchObject({ version, ref: 'mine' })
    expect(pong.t1).toBeGreaterThanOrEqual(began)
    expect(pong.t2).toBeGreaterThanOrEqual(pong.t1)
    expect(pong.t2).toBeLessThanOrEqual(room.venue.serverNow())
    await room.settled()
    expect(host.all('PONG').filter(({ t0 }) => t0 === 123.5)).toEqual([])
  },

  '[K3] SYNC_REQUEST brings the state, and no chat, to its sender alone': async (open) => {
    const room = await open(film)
    const { host, viewer } = await hostAndViewer(room)
    const heard = host.heard()
    viewer.send({ type: 'SYNC_REQUEST', ref: 'mine' })
    expect(await viewer.next('PLAYBACK_STATE', ({ ref }) => ref === 'mine')).toMatchObject({
      is_playing: false,
      version: versionOf(host),
      media: film,
    })
    await room.settled()
    expect(viewer.all('CHAT_HISTORY')).toHaveLength(1)
    expect(host.heard()).toEqual(heard)
  },

  '[K3] SYNC_REQUEST after a message brings the state, then the messages since': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    for (const text of ['one', 'two', 'three']) await host.say(text)
    const after = host.state().messages.at(0)?.id
    viewer.send({ type: 'SYNC_REQUEST', after, ref: 'mine' })
    const history = await viewer.next('CHAT_HISTORY', ({ ref }) => ref === 'mine')
    expect(history.since).toBe(after)
    expect(texts(history.messages)).toEqual(['two', 'three'])
    await room.settled()
    expect(viewer.heard().slice(-2)).toEqual(['PLAYBACK_STATE', 'CHAT_HISTORY'])
  },

  '[K3] there is always at least one CHAT_HISTORY, also where nothing was missed': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    await host.say('last')
    const after = host.state().messages.at(-1)?.id
    viewer.send({ type: 'SYNC_REQUEST', after, ref: 'mine' })
    expect(await viewer.next('CHAT_HISTORY', ({ ref }) => ref === 'mine')).toEqual({
      ...{ type: 'CHAT_HISTORY', since: after, messages: [], ref: 'mine' },
    })
  },

  '[R16] messages are read over HTTP from any one on, both ways, oldest first': async (open) => {
    const room = await open()
    const host = await room.enter(room.host)
    for (const text of ['one', 'two', 'three']) await host.say(text)
    const [first, , third] = host.state().messages
    const read = async (from: object) => {
      const { messages, next } = await host.call('rooms/messages', { room_id: room.code, ...from })
      return [texts(messages), next]
    }
    expect(await read({})).toEqual([['one', 'two', 'three'], null])
    expect(await read({ after: first?.id })).toEqual([['two', 'three'], null])
    expect(await read({ before: third?.id })).toEqual([['one', 'two'], null])
  },

  '[W3] somebody whose line was lost ends where the room is, with every message once': async (open) => {
    const room = await open(film)
    const { host, viewer } = await hostAndViewer(room)
    await host.say('before')
    await viewer.next('CHAT_MESSAGE')
    viewer.cut()
    await host.next('USER_LEFT')
    for (const text of ['one', 'two']) await host.say(text)
    host.session.play(40)
    const { version } = await host.next('PLAY')
    await host.call('rooms/settings', { room_id: room.code, name: 'Film night' })
    expect(viewer.all('PLAY')).toEqual([])
    await viewer.comeBack()
    await untilAll(room, [host, viewer], ({ state }) => state().room?.name === 'Film night')
    await room.settled()
    expect(texts(viewer.state().messages)).toEqual(['before', 'one', 'two'])
    expect(viewer.state().playback).toMatchObject({ is_playing: true, version })
    const known = ({ people }: RoomState) => people.list.map(({ user_id, name, role }) => ({ user_id, name, role }))
    expect(known(viewer.state())).toEqual(known(host.state()))
    expect(host.all('USER_JOINED')).toHaveLength(2)
  },

  '[X1] [X2] a frame that says nothing the server knows is an ERROR to its sender alone': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    const heard = host.heard()
    const wrong: [object, string, string | undefined][] = [
      [{ type: 'NONSENSE', ref: 'r1' }, 'unknown_type', 'NONSENSE'],
      [{ type: 'CHAT_MESSAGE', message: 7, ref: 'r2' }, 'invalid_field', 'CHAT_MESSAGE'],
      [{ type: 'PING', t0: 'now', ref: 'r3' }, 'invalid_field', 'PING'],
      [{ type: 'SYNC_REQUEST', after: 'x', ref: 'r4' }, 'invalid_field', 'SYNC_REQUEST'],
      [{ ref: 'r5' }, 'invalid_field', undefined],
    ]
    for (const [frame, code, re] of wrong) {
      viewer.send(frame)
      const error = await viewer.next('ERROR')
      expect([error.code, error.re, error.ref]).toEqual([code, re, 'ref' in frame ? frame.ref : undefined])
    }
    await room.settled()
    expect(host.heard()).toEqual(heard)
    expect(viewer.state().connection.status).toBe('open')
  },
}

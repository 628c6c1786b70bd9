import { expect } from 'vitest'
import { BURST, type Cases, hostAndViewer, refusalOf, texts } from './case.ts'

export const chat: Cases = {
  '[C2] a message reaches everybody, every tab of its sender too, and only the sending socket sees its ref': async (
    open,
  ) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    const otherTab = await room.enter(viewer)
    await room.settled()
    viewer.send({ type: 'CHAT_MESSAGE', message: 'Hello', ref: 'mine' })
    const own = await viewer.next('CHAT_MESSAGE')
    expect(own).toMatchObject({ user: viewer.name, user_id: viewer.id, message: 'Hello', ref: 'mine' })
    const { ref: _ref, ...shown } = own
    expect(await host.next('CHAT_MESSAGE')).toEqual(shown)
    expect(await otherTab.next('CHAT_MESSAGE')).toEqual(shown)
    await room.settled()
    for (const client of [host, viewer, otherTab]) expect(client.all('CHAT_MESSAGE')).toHaveLength(1)
  },

  '[C1] a message is trimmed, its lines end with LF, and one with nothing to see is an ERROR': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    await viewer.say('  one\r\ntwo\rthree <b>  ')
    expect((await host.next('CHAT_MESSAGE')).message).toBe('one\ntwo\nthree <b>')
    expect(await refusalOf(room, viewer.session, ' \n ')).toMatchObject({ code: 'invalid_field' })
    await room.settled()
    expect(host.all('CHAT_MESSAGE')).toHaveLength(1)
    expect(host.all('ERROR')).toEqual([])
  },

  '[C2] everybody has all that was said in one order, each id once': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    const said = ['one', 'two', 'three', 'four', 'five', 'six']
    for (const [n, text] of said.entries()) await (n % 2 === 0 ? host : viewer).say(text)
    await room.settled()
    for (const client of [host, viewer]) {
      expect(texts(client.state().messages)).toEqual(said)
      const ids = client.all('CHAT_MESSAGE').map(({ id }) => id)
      expect(ids).toEqual([...new Set(ids)].sort())
    }
    expect(host.state().messages).toEqual(viewer.state().messages)
  },

  '[C3] where chat is off a message is refused, and nobody else hears of it': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    await host.call('rooms/settings', { room_id: room.code, is_chat_enabled: false })
    await viewer.next('ROOM_UPDATED')
    expect(await refusalOf(room, viewer.session, 'Hello')).toMatchObject({ name: 'ApiError', code: 'chat_disabled' })
    await room.settled()
    expect([host.all('ERROR'), host.all('CHAT_MESSAGE')]).toEqual([[], []])
    expect(viewer.all('ERROR')[0]).toMatchObject({ code: 'chat_disabled', re: 'CHAT_MESSAGE' })
  },

  '[C3] more messages than the bucket holds are refused with the seconds to wait': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    const refusals = await Promise.all(
      Array.from({ length: 2 * BURST }, (_, n) => refusalOf(room, viewer.session, `${n}`)),
    )
    const refused = refusals.filter((error) => error !== undefined)
    expect(refused.length).toBeGreaterThan(0)
    for (const { code, retryAfter } of refused) expect([code, retryAfter]).toEqual(['too_fast', 1])
    await room.settled()
    expect(host.all('ERROR')).toEqual([])
    expect(host.all('CHAT_MESSAGE')).toHaveLength(refusals.length - refused.length)
    expect(refusals.length - refused.length).toBeGreaterThanOrEqual(BURST)
  },
}

import { expect } from 'vitest'
import type { ApiError } from '../../client/index.ts'
import { type Cases, hostAndViewer, texts, untilAll } from './case.ts'
import type { Client, ContractRoom } from './room.ts'

const BURST = 10

const refusalOf = (room: ContractRoom, client: Client, message: string): Promise<ApiError | undefined> =>
  room.done(
    client.session.say(message).then(
      () => undefined,
      (error: ApiError) => error,
    ),
  )

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
    expect(await refusalOf(room, viewer, ' \n ')).toMatchObject({ code: 'invalid_field' })
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

  '[C5] a message that is removed is gone for everybody, in a client that was away as well': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    for (const text of ['one', 'two', 'three']) await viewer.say(text)
    await untilAll(room, [host, viewer], (client) => client.state().messages.length === 3)
    const [one, two, three] = viewer.state().messages
    const about = { room_id: room.code, message_id: two?.id ?? '' }
    expect(await host.call('rooms/remove-message', about)).toEqual({ ok: true })
    await untilAll(room, [host, viewer], (client) => texts(client.state().messages).join() === 'one,three')
    const { revision, ...heard } = await viewer.next('MESSAGE_REMOVED')
    expect(heard).toEqual({ type: 'MESSAGE_REMOVED', id: two?.id, user_id: host.id })
    expect(revision > (three?.id ?? '')).toBe(true)
    viewer.cut()
    await host.call('rooms/remove-message', { ...about, message_id: one?.id ?? '' })
    await viewer.comeBack()
    await untilAll(room, [host, viewer], (client) => texts(client.state().messages).join() === 'three')
    expect(await host.call('rooms/remove-message', about)).toEqual({ ok: true })
  },

  '[C5] a message is removed by its writer or who moderates, and it must be there': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    await host.say("the host's")
    await viewer.say('mine')
    await untilAll(room, [host, viewer], (client) => client.state().messages.length === 2)
    const [theirs, mine] = viewer.state().messages
    const remove = (id: string) => viewer.call('rooms/remove-message', { room_id: room.code, message_id: id })
    await expect(remove(theirs?.id ?? '')).rejects.toMatchObject({ code: 'not_host' })
    await expect(remove('01ARZ3NDEKTSV4RRFFQ69G5FAV')).rejects.toMatchObject({ code: 'not_host' })
    expect(await remove(mine?.id ?? '')).toEqual({ ok: true })
    await untilAll(room, [host], (client) => texts(client.state().messages).join() === "the host's")
  },

  '[C6] a cleared chat is empty for everybody, and goes on': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    await viewer.say('before')
    await expect(viewer.call('rooms/clear-chat', { room_id: room.code })).rejects.toMatchObject({ code: 'not_host' })
    expect(await host.call('rooms/clear-chat', { room_id: room.code })).toEqual({ ok: true })
    await untilAll(room, [host, viewer], (client) => client.state().messages.length === 0)
    await viewer.say('after')
    const late = await room.enter(await room.newMember('Cleo'))
    await untilAll(room, [host, viewer, late], (client) => texts(client.state().messages).join() === 'after')
  },

  '[C7] in slow mode a participant waits between two messages, and the host does not': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    await host.call('rooms/settings', { room_id: room.code, slow_mode_seconds: 30 })
    await untilAll(room, [host, viewer], (client) => client.state().room?.slow_mode_seconds === 30)
    await viewer.say('one')
    expect(await refusalOf(room, viewer, 'two')).toMatchObject({ code: 'too_fast', retryAfter: expect.any(Number) })
    for (const text of ['three', 'four']) await host.say(text)
    await untilAll(room, [host, viewer], (client) => texts(client.state().messages).join() === 'one,three,four')
  },

  '[C3] where chat is off a message is refused, and nobody else hears of it': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    await host.call('rooms/settings', { room_id: room.code, is_chat_enabled: false })
    await viewer.next('ROOM_UPDATED')
    expect(await refusalOf(room, viewer, 'Hello')).toMatchObject({ name: 'ApiError', code: 'chat_disabled' })
    await room.settled()
    expect([host.all('ERROR'), host.all('CHAT_MESSAGE')]).toEqual([[], []])
    expect(viewer.all('ERROR')[0]).toMatchObject({ code: 'chat_disabled', re: 'CHAT_MESSAGE' })
  },

  '[C3] more messages than the bucket holds are refused with the seconds to wait': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    const refusals = await Promise.all(Array.from({ length: 2 * BURST }, (_, n) => refusalOf(room, viewer, `${n}`)))
    const refused = refusals.filter((error) => error !== undefined)
    expect(refused.length).toBeGreaterThan(0)
    for (const { code, retryAfter } of refused) expect([code, retryAfter]).toEqual(['too_fast', 1])
    await room.settled()
    expect(host.all('ERROR')).toEqual([])
    expect(host.all('CHAT_MESSAGE')).toHaveLength(refusals.length - refused.length)
    expect(refusals.length - refused.length).toBeGreaterThanOrEqual(BURST)
  },
}

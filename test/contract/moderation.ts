import { expect } from 'vitest'
import type { RoomSession } from '../../client/index.ts'
import { BURST, type Cases, holderAndViewer, refusalOf, texts, untilAll, untilGreeted } from './case.ts'

/** What who moderates does to the chat and to those who write. */
export const moderation: Cases = {
  '[C5] a message that is removed is gone for everybody, in a client that was away as well': async (open) => {
    const room = await open()
    const { holder, viewer } = await holderAndViewer(room)
    for (const text of ['one', 'two', 'three']) await viewer.say(text)
    await untilAll(room, [holder, viewer], (client) => client.state().messages.length === 3)
    const [one, two, three] = viewer.state().messages
    const about = { room_id: room.code, message_id: two?.id ?? '' }
    expect(await holder.call('rooms/remove-message', about)).toEqual({ ok: true })
    await untilAll(room, [holder, viewer], (client) => texts(client.state().messages).join() === 'one,three')
    const { revision, ...heard } = await viewer.next('MESSAGE_REMOVED')
    expect(heard).toEqual({ type: 'MESSAGE_REMOVED', id: two?.id, user_id: holder.id })
    expect(revision > (three?.id ?? '')).toBe(true)
    viewer.cut()
    await holder.call('rooms/remove-message', { ...about, message_id: one?.id ?? '' })
    await viewer.comeBack()
    await untilAll(room, [holder, viewer], (client) => texts(client.state().messages).join() === 'three')
    expect(await holder.call('rooms/remove-message', about)).toEqual({ ok: true })
  },

  '[C5] a message is removed by its writer or who moderates, and it must be there': async (open) => {
    const room = await open()
    const { holder, viewer } = await holderAndViewer(room)
    await holder.say('theirs')
    await viewer.say('mine')
    await untilAll(room, [holder, viewer], (client) => client.state().messages.length === 2)
    const [theirs, mine] = viewer.state().messages
    const remove = (id: string) => viewer.call('rooms/remove-message', { room_id: room.code, message_id: id })
    await expect(remove(theirs?.id ?? '')).rejects.toMatchObject({ code: 'not_host' })
    await expect(remove('01ARZ3NDEKTSV4RRFFQ69G5FAV')).rejects.toMatchObject({ code: 'not_host' })
    expect(await remove(mine?.id ?? '')).toEqual({ ok: true })
    await untilAll(room, [holder], (client) => texts(client.state().messages).join() === 'theirs')
  },

  '[C6] a cleared chat is empty for everybody, and goes on': async (open) => {
    const room = await open()
    const { holder, viewer } = await holderAndViewer(room)
    await viewer.say('before')
    await expect(viewer.call('rooms/clear-chat', { room_id: room.code })).rejects.toMatchObject({ code: 'not_host' })
    const until = viewer.state().messages.at(-1)?.id
    const clear = () => holder.call('rooms/clear-chat', { room_id: room.code, ...(until !== undefined && { until }) })
    expect(await clear()).toEqual({ ok: true })
    await untilAll(room, [holder, viewer], (client) => client.state().messages.length === 0)
    await viewer.say('after')
    expect(await clear(), 'asked again').toEqual({ ok: true })
    const late = await room.enter(await room.newMember('Cleo'))
    await untilAll(room, [holder, viewer, late], (client) => texts(client.state().messages).join() === 'after')
  },

  '[C7] in slow mode a participant waits between two messages, and who moderates does not': async (open) => {
    const room = await open()
    const { holder, viewer } = await holderAndViewer(room)
    await room.callAsHost('rooms/settings', { room_id: room.code, slow_mode_seconds: 30 })
    await untilAll(room, [holder, viewer], (client) => client.state().room?.slow_mode_seconds === 30)
    await viewer.say('one')
    expect(await refusalOf(room, viewer.session, 'two')).toMatchObject({
      code: 'too_fast',
      retryAfter: expect.any(Number),
    })
    for (const text of ['three', 'four']) await holder.say(text)
    await untilAll(room, [holder, viewer], (client) => texts(client.state().messages).join() === 'one,three,four')
  },

  '[C8] people who came within the last minute share one bucket, and who moderates writes beside it': async (open) => {
    const room = await open()
    const holder = await room.enter(room.holder)
    const newcomers: RoomSession[] = []
    for (const name of ['Cy', 'Dee']) newcomers.push(await (await room.newcomer(name)).join())
    for (const session of newcomers) await untilGreeted(room, session)
    const texts = Array.from({ length: BURST }, (_, n) => `${n}`)
    const asked = newcomers.flatMap((session) => texts.map((text) => refusalOf(room, session, text)))
    const refused = (await Promise.all(asked)).filter((error) => error !== undefined)
    expect(refused.length).toBeGreaterThan(0)
    for (const error of refused) expect(error).toMatchObject({ code: 'too_fast', retryAfter: expect.any(Number) })
    const passed = asked.length - refused.length
    expect(passed).toBeGreaterThanOrEqual(BURST)
    await holder.say('Slowly, please.')
    await untilAll(room, [holder], (client) => client.state().messages.length === passed + 1)
    expect(holder.all('ERROR')).toEqual([])
  },

  '[R28] [C3] who is muted hears it and cannot write until it is lifted, and nobody else hears of it': async (open) => {
    const room = await open()
    const { holder, viewer } = await holderAndViewer(room)
    const about = { room_id: room.code, user_id: viewer.id }
    expect(await holder.call('rooms/mute', { ...about, seconds: 60 })).toEqual({ ok: true })
    const { until } = await viewer.next('MUTED')
    expect(viewer.state().mutedUntil).toBe(until)
    expect(await refusalOf(room, viewer.session, 'Hello')).toMatchObject({ code: 'muted', retryAfter: 60 })
    await holder.call('rooms/unmute', about)
    expect(await viewer.next('MUTED')).toMatchObject({ until: null })
    await viewer.say('Hello')
    await room.settled()
    expect([holder.all('MUTED'), holder.all('ERROR')]).toEqual([[], []])
  },

  '[R28] who was muted, or may write again, while they were away knows it when they are back': async (open) => {
    const room = await open()
    const { holder, viewer } = await holderAndViewer(room)
    const about = { room_id: room.code, user_id: viewer.id }
    viewer.cut()
    await holder.call('rooms/mute', { ...about, seconds: 60 })
    await viewer.comeBack()
    const { until } = await viewer.next('MUTED')
    expect(until).toBeGreaterThan(room.venue.serverNow())
    await untilAll(room, [viewer], (client) => client.state().mutedUntil === until)
    viewer.cut()
    await holder.call('rooms/unmute', about)
    await viewer.comeBack()
    await untilAll(room, [viewer], (client) => client.state().mutedUntil === null)
    expect(viewer.all('PONG').at(-1)?.muted_until).toBeNull()
  },
}

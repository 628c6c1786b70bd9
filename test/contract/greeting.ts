import { expect } from 'vitest'
import { type Cases, film, texts } from './case.ts'

const GREETING = ['ROOM_PARTICIPANTS', 'CHAT_HISTORY', 'PLAYBACK_STATE']

export const greeting: Cases = {
  '[W1] is ROOM_PARTICIPANTS, CHAT_HISTORY and one PLAYBACK_STATE, in this order, and nothing else': async (open) => {
    const room = await open(film)
    const host = await room.enter(room.host)
    await room.settled()
    expect(host.heard()).toEqual(GREETING)
  },

  '[W1] holds a CHAT_HISTORY also where nothing was said': async (open) => {
    const room = await open()
    const host = await room.enter(room.host)
    expect(await host.next('CHAT_HISTORY')).toEqual({ type: 'CHAT_HISTORY', messages: [] })
  },

  '[W5] names everybody who is there, the host first, with the true count': async (open) => {
    const room = await open()
    const bo = await room.newMember('Bo')
    await room.enter(bo)
    await room.settled()
    const host = await room.enter(room.host)
    const { name } = room.host
    expect(await host.next('ROOM_PARTICIPANTS')).toMatchObject({
      participants: [name, bo.name],
      host: name,
      viewers: 2,
      members: [
        { user_id: room.host.id, name, role: 'host' },
        { user_id: bo.id, name: bo.name, role: 'participant' },
      ],
    })
    expect(host.state().people).toMatchObject({ viewers: 2, isCut: false, hostId: room.host.id })
  },

  '[W6] holds what was said, oldest first, and the room’s media': async (open) => {
    const room = await open(film)
    const host = await room.enter(room.host)
    for (const text of ['one', 'two', 'three']) await host.say(text)
    const late = await room.enter(await room.newMember('Bo'))
    expect(texts((await late.next('CHAT_HISTORY')).messages)).toEqual(['one', 'two', 'three'])
    expect(await late.next('PLAYBACK_STATE')).toMatchObject({ is_playing: false, time: 0, rate: 1, media: film })
    await room.settled()
    expect(late.state().messages).toEqual(host.state().messages)
    expect(late.state().media).toEqual(film)
  },

  '[W3] what is said while somebody is greeted, they have once': async (open) => {
    const room = await open()
    const host = await room.enter(room.host)
    await room.settled()
    const bo = room.open(await room.newMember('Bo'))
    const said = ['one', 'two', 'three', 'four', 'five', 'six']
    for (const text of said) await host.say(text)
    await room.settled()
    const come = [...bo.all('CHAT_HISTORY').flatMap(({ messages }) => messages), ...bo.all('CHAT_MESSAGE')]
    expect(texts(come).sort()).toEqual([...said].sort())
    expect(texts(bo.state().messages)).toEqual(said)
  },
}

import { describe, expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

describe('the greeting', () => {
  it('[W1] is ROOM_PARTICIPANTS, CHAT_HISTORY and exactly one PLAYBACK_STATE, in this order, unasked', async () => {
    const { code, host } = await stage.room()
    const socket = await stage.enter(code, host)
    await stage.settled()
    expect(socket.frames.map((frame) => frame.type)).toEqual(['ROOM_PARTICIPANTS', 'CHAT_HISTORY', 'PLAYBACK_STATE'])
  })

  it('[W1] names the newcomer, the host first, with the true count', async () => {
    const { code, host } = await stage.room()
    await stage.enter(code, host)
    const bo = await stage.member(code, 'Bo')
    const socket = await stage.enter(code, bo)
    const [participants] = socket.all('ROOM_PARTICIPANTS')
    expect(participants).toMatchObject({
      participants: ['Hana', 'Bo'],
      host: 'Hana',
      viewers: 2,
      members: [
        { user_id: host.id, name: 'Hana', role: 'host' },
        { user_id: bo.id, name: 'Bo', role: 'participant' },
      ],
    })
  })

  it('[W2] tells the others USER_JOINED, once, and not the newcomer', async () => {
    const { code, host } = await stage.room()
    const first = await stage.enter(code, host)
    await stage.settled()
    const bo = await stage.member(code, 'Bo')
    const second = await stage.enter(code, bo)
    expect(await first.next('USER_JOINED')).toMatchObject({ user: 'Bo', user_id: bo.id })
    await stage.settled()
    expect(first.all('USER_JOINED')).toHaveLength(1)
    expect(second.all('USER_JOINED')).toHaveLength(0)
  })
})

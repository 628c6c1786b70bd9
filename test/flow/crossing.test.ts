import { describe, expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'
import { openSocket, type RoomSocket } from '../staging/socket.ts'
import { foldGiven } from './given-only-client.ts'
import { hostAndSilent, lookAtRoom } from './silent-viewer.ts'

const stage = setUpStage()

const two = () => hostAndSilent(stage)

const look = (hana: RoomSocket) => lookAtRoom(stage, hana)

/** A PLAY as it is posted to everybody but its sender, who sees the mark. */
const isPlayOfOthers = (data: string) => data.includes('"PLAY"') && !data.includes('"mine"')

/** PLAY, then PAUSE, of which the silent viewer hears PAUSE first. */
const cross = async (hana: RoomSocket, silent: RoomSocket) => {
  hana.send({ type: 'PLAY', time: 10, ref: 'mine' })
  await hana.next('PLAY')
  hana.send({ type: 'PAUSE', time: 42, ref: 'mine' })
  await silent.next('PAUSE')
  await silent.next('PLAY')
  await stage.settled()
}

describe('[P9] a command that is heard after a newer one', () => {
  it('is followed by where the room is, also where its own function ended', async () => {
    const { hana, silent } = await two()
    let hasArrived = false
    stage.runtime.faults.delayPost = ({ data }) => (isPlayOfOthers(data) ? 1_200 : 0)
    stage.runtime.faults.answerPost = ({ data }) => {
      hasArrived ||= isPlayOfOthers(data)
      return undefined
    }
    // The function of PLAY ends where it would look for something newer: that of PAUSE is over by then.
    stage.runtime.faults.failDynamoDb = () => (hasArrived ? 'InternalServerError' : undefined)
    await cross(hana, silent)
    stage.runtime.faults.reset()
    expect(foldGiven(silent)).toMatchObject({ isPlaying: true })
    await look(hana)
    expect(foldGiven(silent)).toMatchObject({ isPlaying: false, time: 42 })
    const heard = silent.frames.length
    await look(hana)
    expect(silent.frames).toHaveLength(heard)
  })

  it('is followed by where the room is, also where its function had given its post up', async () => {
    const { hana, silent } = await two()
    stage.runtime.faults.delayPost = ({ data }) => (isPlayOfOthers(data) ? 2_600 : 0)
    await cross(hana, silent)
    stage.runtime.faults.reset()
    await look(hana)
    expect(foldGiven(silent)).toMatchObject({ isPlaying: false, time: 42 })
  })

  it('is followed by where the room is, also where that did not arrive at first', async () => {
    const { hana, silent } = await two()
    let pauses = 0
    stage.runtime.faults.delayPost = ({ data }) => (isPlayOfOthers(data) ? 1_200 : 0)
    // The second PAUSE to somebody else is what the function of PLAY tells when it finds the newer one.
    stage.runtime.faults.answerPost = ({ data }) => {
      if (!data.includes('"PAUSE"') || data.includes('"mine"')) return undefined
      pauses += 1
      return pauses === 2 ? 410 : undefined
    }
    await cross(hana, silent)
    expect(pauses).toBeGreaterThan(1)
    expect(foldGiven(silent)).toMatchObject({ isPlaying: false, time: 42 })
  })
})

describe('[W8] facts that were saved by a function that ended before it told anybody are told by the next look', () => {
  const dieBeforeTelling = () => {
    stage.runtime.faults.killInvocation = ({ service }) => service === 'management'
  }

  it('a name, once', async () => {
    const { code, host, hana, silent } = await two()
    dieBeforeTelling()
    await stage.refused('rooms/settings', { room_id: code, name: 'Film night' }, host)
    stage.runtime.faults.reset()
    expect(silent.all('ROOM_UPDATED')).toHaveLength(0)
    await look(hana)
    expect(silent.all('ROOM_UPDATED')).toMatchObject([{ name: 'Film night', revision: 1 }])
    await look(hana)
    expect(silent.all('ROOM_UPDATED')).toHaveLength(1)
  })

  it('a video, with where it stands', async () => {
    const { code, host, hana, silent } = await two()
    hana.send({ type: 'PLAY', time: 10 })
    await silent.next('PLAY')
    await stage.settled()
    dieBeforeTelling()
    const media = { type: 'mp4', url: 'https://films.example/second.mp4' }
    await stage.refused('rooms/settings', { room_id: code, media }, host)
    stage.runtime.faults.reset()
    await look(hana)
    expect(silent.all('ROOM_UPDATED')).toMatchObject([{ media: { url: media.url } }])
    expect(foldGiven(silent)).toMatchObject({ isPlaying: false, time: 0 })
  })
})

describe('[W3] what happens while somebody is greeted', () => {
  /** Somebody comes, and while the playback is told to them, the host does something. */
  const comeWhile = async (act: (hana: RoomSocket) => Promise<unknown>) => {
    const { code, hana } = await two()
    const cleo = await stage.member(code, 'Cleo')
    stage.runtime.faults.delayPost = ({ data }) => (data.includes('"PLAYBACK_STATE"') ? 1_200 : 0)
    const socket = await openSocket(stage.runtime.roomUrl(code, cleo.token))
    await socket.next('CHAT_HISTORY')
    await act(hana)
    return { hana, socket }
  }
  const pause = async (hana: RoomSocket) => {
    hana.send({ type: 'PAUSE', time: 42, ref: 'mine' })
    await hana.next('PAUSE')
  }
  const say = async (hana: RoomSocket) => {
    hana.send({ type: 'CHAT_MESSAGE', message: 'meanwhile', ref: 'mine' })
    await hana.next('CHAT_MESSAGE')
  }

  /** The posts to others than the host of this type: the first is the other viewer's, then come the newcomer's. */
  const losing = (type: string, tries: number) => {
    let posts = 0
    stage.runtime.faults.answerPost = ({ data }) => {
      if (!data.includes(`"${type}"`) || data.includes('"mine"')) return undefined
      posts += 1
      return posts > 1 && posts <= 1 + tries ? 410 : undefined
    }
  }

  it.each([
    ['PAUSE', pause],
    ['CHAT_MESSAGE', say],
  ] as const)('reaches them where it did not arrive at first: %s', async (type, act) => {
    losing(type, 1)
    const { socket } = await comeWhile(act)
    await socket.next(type)
    await stage.settled()
  })

  it('makes them come again where three tries do not bring it', async () => {
    losing('PAUSE', 3)
    const { socket } = await comeWhile(pause)
    expect((await socket.closed).code).toBe(1000)
    await stage.settled()
  })

  it('makes them come again where the greeting’s function ended before it told it', async () => {
    const { hana, socket } = await comeWhile(async (hana) => {
      await pause(hana)
      let isLive = false
      stage.runtime.faults.killInvocation = ({ function: name }) => name.startsWith('Welcome') && isLive
      stage.runtime.faults.loseDynamoDbAnswer = ({ body }) => {
        isLive ||= JSON.stringify(body).includes('catching_up')
        return false
      }
    })
    await socket.next('PLAYBACK_STATE')
    await stage.settled()
    stage.runtime.faults.reset()
    expect(socket.all('PLAYBACK_STATE')).toHaveLength(1)
    expect(socket.all('PAUSE')).toHaveLength(0)
    await look(hana)
    expect((await socket.closed).code).toBe(1000)
  })
})

import { describe, expect, it } from 'vitest'
import { positionAt } from '../../protocol/playback.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { hostAndBo } from './host-and-bo.ts'

const stage = setUpStage()

const two = (media?: { url: string; duration: number }) =>
  hostAndBo(stage, media === undefined ? {} : { media: { title: null, ...media } })

it('[P1] PLAY, PAUSE and SEEK reach everyone, the host too, with the whole state and rising versions', async () => {
  const { host, hana, boSocket } = await two()
  hana.send({ type: 'PLAY', time: 12.34567, ref: 'go' })
  const play = await boSocket.next('PLAY')
  expect(play).toMatchObject({ time: 12.346, is_playing: true, rate: 1, version: 1, user_id: host.id })
  expect(play).not.toHaveProperty('ref')
  expect(await hana.next('PLAY')).toMatchObject({ ref: 'go', version: 1 })
  hana.send({ type: 'SEEK', time: 60 })
  expect(await boSocket.next('SEEK')).toMatchObject({ time: 60, is_playing: true, version: 2 })
  hana.send({ type: 'PAUSE', time: 61 })
  expect(await boSocket.next('PAUSE')).toMatchObject({ time: 61, is_playing: false, version: 3 })
  hana.send({ type: 'SEEK', time: 5 })
  expect(await boSocket.next('SEEK')).toMatchObject({ time: 5, is_playing: false, version: 4 })
})

it('[P2] from anyone but the host a command does nothing at all, whatever it says', async () => {
  const { hana, boSocket } = await two()
  for (const time of [1, -1, 'soon', null, 1e300]) boSocket.send({ type: 'PLAY', time })
  boSocket.send({ type: 'SEEK' })
  await stage.settled()
  boSocket.send({ type: 'CHAT_MESSAGE', message: 'done' })
  await hana.next('CHAT_MESSAGE')
  await stage.settled()
  const silent = ({ type }: { type: string }) => ['PLAY', 'PAUSE', 'SEEK', 'ERROR'].includes(type)
  expect(hana.frames.filter(silent)).toEqual([])
  expect(boSocket.frames.filter(silent)).toEqual([])
})

it.each([-0.001, 604_800.001, 1e300, '5', null, Number.NaN, [], {}])(
  '[P1] the time %s is an ERROR to the host and changes nothing',
  async (time) => {
    const { hana, boSocket } = await two()
    hana.send({ type: 'PLAY', time, ref: 'r' })
    expect(await hana.next('ERROR')).toMatchObject({ code: 'invalid_field', re: 'PLAY', ref: 'r' })
    hana.send({ type: 'SYNC_REQUEST' })
    expect(await hana.next('PLAYBACK_STATE', ({ version }) => version === 0)).toBeDefined()
    expect(boSocket.all('PLAY')).toHaveLength(0)
  },
)

it('[P3] a start lies a lead ahead, and PLAYBACK_STATE tells the same line', async () => {
  const { hana } = await two()
  const before = Date.now()
  hana.send({ type: 'PLAY', time: 30 })
  const play = await hana.next('PLAY')
  expect(play.at).toBeGreaterThanOrEqual(before + 400)
  expect(play.at).toBeLessThanOrEqual(Date.now() + 400)
  stage.elapse(10_000)
  hana.send({ type: 'SYNC_REQUEST' })
  const state = await hana.next('PLAYBACK_STATE', ({ version }) => version === 1)
  expect(positionAt(state, play.at + 20_000)).toBeCloseTo(positionAt(play, play.at + 20_000), 3)
  expect(state.time).toBeGreaterThan(39)
})

describe('[P3] past the end of the video', () => {
  const ended = { time: 60, is_playing: false }
  const media = { url: 'https://video.example/a.mp4', duration: 60 }

  it('the room stands at its end: a newcomer and a SYNC_REQUEST hear so, and no version is spent on it', async () => {
    const { code, hana } = await two(media)
    hana.send({ type: 'PLAY', time: 50 })
    await hana.next('PLAY')
    stage.elapse(3_600_000)
    const late = await stage.enter(code, await stage.member(code, 'Cleo'))
    expect(late.all('PLAYBACK_STATE')[0]).toMatchObject({ ...ended, version: 1, media: { duration: 60 } })
    hana.send({ type: 'SYNC_REQUEST' })
    expect(await hana.next('PLAYBACK_STATE', ({ version }) => version === 1)).toMatchObject(ended)
  })

  it('a second before it the room plays', async () => {
    const { hana } = await two(media)
    hana.send({ type: 'PLAY', time: 50 })
    await hana.next('PLAY')
    stage.elapse(8_000)
    hana.send({ type: 'SYNC_REQUEST' })
    const state = await hana.next('PLAYBACK_STATE', ({ version }) => version === 1)
    expect(state.is_playing).toBe(true)
    expect(state.time).toBeLessThan(60)
  })

  it('a command beyond it is told as the end', async () => {
    const { hana, boSocket } = await two(media)
    hana.send({ type: 'PLAY', time: 75 })
    expect(await boSocket.next('PLAY')).toMatchObject({ ...ended, version: 1 })
    hana.send({ type: 'SEEK', time: 1_000 })
    expect(await boSocket.next('SEEK')).toMatchObject({ ...ended, version: 2 })
  })

  it('a SEEK back from it goes on playing', async () => {
    const { hana, boSocket } = await two(media)
    hana.send({ type: 'PLAY', time: 50 })
    await boSocket.next('PLAY')
    stage.elapse(3_600_000)
    hana.send({ type: 'SEEK', time: 40 })
    expect(await boSocket.next('SEEK')).toMatchObject({ time: 40, is_playing: true })
  })
})

it('[P5] a change of media pauses at 0 in the same write', async () => {
  const { code, host, boSocket, hana } = await two()
  hana.send({ type: 'PLAY', time: 100 })
  await boSocket.next('PLAY')
  await stage.call('rooms/settings', { room_id: code, media: { url: 'https://video.example/b.mp4' } }, host)
  expect(await boSocket.next('PAUSE')).toMatchObject({ time: 0, is_playing: false, version: 2 })
  expect(await boSocket.next('ROOM_UPDATED')).toMatchObject({
    version: 2,
    media: { url: 'https://video.example/b.mp4', title: null, duration: null },
  })
})

it('[P5] [R12] a video with a start stands paused there, in the same write, and never after its end', async () => {
  const { code, host, boSocket, hana } = await two()
  hana.send({ type: 'PLAY', time: 100 })
  await boSocket.next('PLAY')
  const choose = (media: { url: string; duration?: number } | null, start?: number) =>
    stage.call('rooms/settings', { room_id: code, media, ...(start !== undefined && { start }) }, host)
  await choose({ url: 'https://video.example/b.mp4' }, 90.0004)
  expect(await boSocket.next('PAUSE', ({ version }) => version === 2)).toMatchObject({ time: 90, is_playing: false })
  await choose({ url: 'https://video.example/c.mp4', duration: 60 }, 90)
  expect(await boSocket.next('PAUSE', ({ version }) => version === 3)).toMatchObject({ time: 60, is_playing: false })
  await choose({ url: 'https://video.example/d.mp4', duration: 60 })
  expect(await boSocket.next('PAUSE', ({ version }) => version === 4)).toMatchObject({ time: 0, is_playing: false })
})

it('[R1] a room made with a start greets there', async () => {
  const media = { url: 'https://video.example/a.mp4', title: null, duration: 600 }
  const { code, host } = await stage.room({ media, start: 90.5 })
  const socket = await stage.enter(code, host)
  expect(socket.all('PLAYBACK_STATE')[0]).toMatchObject({ time: 90.5, is_playing: false, version: 0, media })
})

it('a playback frame that was not delivered is repeated to that connection only', async () => {
  const { hana, boSocket } = await two()
  await stage.settled()
  const [hanaId, boId] = stage.runtime.connections().slice(-2)
  const posts: string[] = []
  stage.runtime.faults.answerPost = ({ connectionId, data }) => {
    if (!data.includes('"PLAY"')) return undefined
    posts.push(connectionId)
    return connectionId === boId && posts.filter((id) => id === boId).length <= 2 ? 413 : undefined
  }
  hana.send({ type: 'PLAY', time: 7 })
  const late = await boSocket.next('PLAY')
  expect(late.version).toBe(1)
  await stage.settled()
  expect(posts.filter((id) => id === boId)).toHaveLength(3)
  expect(posts.filter((id) => id === hanaId)).toHaveLength(1)
})

it('one slow connection delays nobody', async () => {
  const { hana, boSocket } = await two()
  await stage.settled()
  const [, boId] = stage.runtime.connections().slice(-2)
  stage.runtime.faults.delayPost = ({ connectionId }) => (connectionId === boId ? 1_000 : 0)
  hana.send({ type: 'PLAY', time: 7 })
  const first = await Promise.race([hana.next('PLAY').then(() => 'prompt'), boSocket.next('PLAY').then(() => 'slow')])
  expect(first).toBe('prompt')
})

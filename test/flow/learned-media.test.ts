import { expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'
import { hostAndBo } from './host-and-bo.ts'

const stage = setUpStage()

const url = 'https://video.example/film.m3u8'
/** With their greetings over: one that is under way tells a change as ROOM_UPDATED. */
const room = (media: object | null = { url, title: null, duration: null }) =>
  hostAndBo(stage, { media: media as never })

it('[R21] a duration that the room lacks is kept and told, and nothing is paused for it', async () => {
  const { code, host, hana, boSocket } = await room()
  hana.send({ type: 'PLAY', time: 10 })
  await boSocket.next('PLAY')
  const detail = await stage.call('rooms/settings', { room_id: code, learned: { url, duration: 61.2345 } }, host)
  expect(detail.media).toEqual({ url, title: null, duration: 61.235 })
  expect(await boSocket.next('MEDIA_LEARNED')).toEqual({ type: 'MEDIA_LEARNED', url, duration: 61.235, revision: 1 })
  hana.send({ type: 'SYNC_REQUEST' })
  const state = await hana.next('PLAYBACK_STATE', ({ version }) => version === 1)
  expect(state).toMatchObject({ is_playing: true, version: 1, media: { duration: 61.235 } })
  expect(boSocket.all('PAUSE')).toHaveLength(0)
  expect(boSocket.all('ROOM_UPDATED')).toHaveLength(0)
})

it('[R21] what the room knows already is no news: nothing is told', async () => {
  const { code, host, boSocket } = await room({ url, title: null, duration: 90 })
  const same = await stage.call('rooms/settings', { room_id: code, learned: { url, duration: 61 } }, host)
  expect(same.media?.duration).toBe(90)
  const learned = { url, live_origin: 1_790_000_000_000 }
  for (let twice = 0; twice < 2; twice += 1) await stage.call('rooms/settings', { room_id: code, learned }, host)
  await stage.settled()
  expect(boSocket.all('MEDIA_LEARNED')).toHaveLength(1)
})

it('[R21] the origin of a live stream is set anew after a week, and stays until then', async () => {
  const { code, host, boSocket } = await room()
  for (const live_origin of [1_790_000_000_000, 1_790_601_200_000]) {
    const detail = await stage.call('rooms/settings', { room_id: code, learned: { url, live_origin } }, host)
    expect(detail.media).toEqual({ url, title: null, duration: null, live_origin })
    expect(await boSocket.next('MEDIA_LEARNED', (event) => event.live_origin === live_origin)).toBeDefined()
    const soon = { url, live_origin: live_origin + 600_000_000 }
    const kept = await stage.call('rooms/settings', { room_id: code, learned: soon }, host)
    expect(kept.media?.live_origin).toBe(live_origin)
  }
})

it('[R21] what was found out about another video, or in a room without one, changes nothing', async () => {
  for (const media of [{ url: 'https://video.example/other.mp4', title: null, duration: null }, null]) {
    const { code, host, boSocket } = await room(media)
    const detail = await stage.call('rooms/settings', { room_id: code, learned: { url, duration: 60 } }, host)
    expect(detail.media).toEqual(media)
    await stage.settled()
    expect(boSocket.all('MEDIA_LEARNED')).toHaveLength(0)
  }
})

it('[R21] who may command tells the origin of a stream that has none, and nothing else', async () => {
  const { code, host, bo, hana } = await room()
  const learned = { url, live_origin: 1_790_000_000_000 }
  expect(await stage.refused('rooms/settings', { room_id: code, learned }, bo)).toMatchObject({ status: 403 })
  await stage.call('rooms/settings', { room_id: code, control: 'EVERYONE' }, host)
  await stage.call('rooms/settings', { room_id: code, learned }, bo)
  expect(await hana.next('MEDIA_LEARNED')).toMatchObject({ live_origin: learned.live_origin })
  for (const more of [{ duration: 60 }, { duration: 60, live_origin: 1_790_000_000_001 }])
    expect(await stage.refused('rooms/settings', { room_id: code, learned: { url, ...more } }, bo)).toMatchObject({
      status: 403,
      body: { code: 'not_host' },
    })
})

it('[R21] only the host may tell', async () => {
  const { code, bo } = await room()
  const answer = await stage.refused('rooms/settings', { room_id: code, learned: { url, duration: 60 } }, bo)
  expect(answer).toMatchObject({ status: 403, body: { code: 'not_host' } })
})

it.each([
  [{ url, duration: 0 }, 'learned.duration'],
  [{ url, duration: 700_000 }, 'learned.duration'],
  [{ url, live_origin: -1 }, 'learned.live_origin'],
  [{ url, live_origin: 1.5 }, 'learned.live_origin'],
  [{ url, live_origin: 1e17 }, 'learned.live_origin'],
  [{ duration: 60 }, 'learned.url'],
  ['60', 'learned'],
])('[R21] %j is refused and changes nothing', async (learned, field) => {
  const { code, host } = await room()
  const answer = await stage.refused('rooms/settings', { room_id: code, learned }, host)
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_field' } })
  expect(answer.body.error).toContain(field)
})

it('[R21] it goes alone', async () => {
  const { code, host } = await room()
  const both = { room_id: code, name: 'Film night', learned: { url, duration: 60 } }
  expect(await stage.refused('rooms/settings', both, host)).toMatchObject({ body: { code: 'invalid_field' } })
})

import { expect } from 'vitest'
import { type Cases, film, holderAndViewer } from './case.ts'

const other = { url: 'https://video.example/other.mp4', title: null, duration: 600 }

export const choosing: Cases = {
  '[P5] [R12] another video pauses the room at its start: PAUSE and ROOM_UPDATED of one version': async (open) => {
    const room = await open(film)
    const { holder, viewer } = await holderAndViewer(room)
    holder.session.play(100)
    const { version } = await viewer.next('PLAY')
    await holder.call('rooms/settings', { room_id: room.code, media: other, start: 90 })
    expect(await viewer.next('PAUSE')).toMatchObject({ is_playing: false, time: 90, version: version + 1 })
    expect(await viewer.next('ROOM_UPDATED')).toMatchObject({ media: other, version: version + 1 })
    await room.settled()
    for (const client of [holder, viewer])
      expect(client.state()).toMatchObject({ media: other, playback: { is_playing: false, time: 90 } })
    await holder.call('rooms/settings', { room_id: room.code, media: null })
    expect(await viewer.next('PAUSE')).toMatchObject({ is_playing: false, time: 0, version: version + 2 })
  },

  '[R21] what a player found out is told once, and neither pauses nor costs a version': async (open) => {
    const room = await open({ ...film, duration: null })
    const { holder, viewer } = await holderAndViewer(room)
    holder.session.play(10)
    const { version } = await viewer.next('PLAY')
    const learned = { url: film.url, duration: 61.2345 }
    const detail = await holder.call('rooms/settings', { room_id: room.code, learned })
    expect(detail.media?.duration).toBe(61.235)
    const { revision } = detail
    expect(await viewer.next('MEDIA_LEARNED')).toEqual({
      type: 'MEDIA_LEARNED',
      ...learned,
      duration: 61.235,
      revision,
    })
    await holder.call('rooms/settings', { room_id: room.code, learned })
    await holder.call('rooms/settings', { room_id: room.code, learned: { ...learned, url: other.url } })
    await room.settled()
    expect([viewer.all('MEDIA_LEARNED').length, viewer.all('PAUSE'), viewer.all('ROOM_UPDATED')]).toEqual([1, [], []])
    expect(viewer.state()).toMatchObject({ media: { duration: 61.235 }, playback: { is_playing: true, version } })
  },

  '[R21] a length that was found out gives way to a longer one, and one that was chosen to none': async (open) => {
    const room = await open({ ...film, duration: null })
    const { holder, viewer } = await holderAndViewer(room)
    const learn = async (duration: number) => {
      const learned = { url: film.url, duration }
      return (await holder.call('rooms/settings', { room_id: room.code, learned })).media?.duration
    }
    const known: unknown[] = []
    for (const duration of [15, 14.9, 600, 600, 599]) known.push(await learn(duration))
    expect(known).toEqual([15, 15, 600, 600, 600])
    await holder.call('rooms/settings', { room_id: room.code, media: { ...film, duration: 600 } })
    expect(await learn(900)).toBe(600)
    await holder.call('rooms/settings', { room_id: room.code, media: { ...film, duration: null } })
    expect(await learn(900)).toBe(900)
    await room.settled()
    expect(viewer.all('MEDIA_LEARNED').map(({ duration }) => duration)).toEqual([15, 600, 900])
    expect(viewer.state()).toMatchObject({ media: { duration: 900 }, playback: { is_playing: false, time: 0 } })
  },

  '[R21] a room that plays before its end goes on when its video turns out to be longer': async (open) => {
    const room = await open({ ...film, duration: null })
    const { holder, viewer } = await holderAndViewer(room)
    holder.session.play(10)
    const { version, at } = await viewer.next('PLAY')
    for (const duration of [60, 90])
      await holder.call('rooms/settings', { room_id: room.code, learned: { url: film.url, duration } })
    await room.settled()
    expect(viewer.state().playback).toMatchObject({ is_playing: true, time: 10, at, version })
    expect(viewer.all('PAUSE')).toEqual([])
  },

  '[P3] [R21] a room that is past its end stands there when its video turns out to be longer': async (open) => {
    const room = await open({ ...film, duration: null })
    const { holder, viewer } = await holderAndViewer(room)
    const learn = (duration: number) =>
      holder.call('rooms/settings', { room_id: room.code, learned: { url: film.url, duration } })
    await learn(60)
    holder.session.play(59.8)
    const { version, at } = await viewer.next('PLAY')
    await room.venue.until(() => room.venue.serverNow() > at + 1_000, 'the end')
    await learn(90)
    const stands = { is_playing: false, time: 60, version: version + 1 }
    expect(await viewer.next('PAUSE')).toMatchObject({ ...stands, user_id: null })
    expect(await viewer.next('MEDIA_LEARNED', ({ duration }) => duration === 90)).toBeDefined()
    await room.settled()
    const late = await room.enter(await room.newMember('Cleo'))
    for (const client of [holder, viewer, late])
      expect(client.state()).toMatchObject({ playback: stands, media: { duration: 90 } })
    // A command beyond the end is kept as it was meant, and told as the end.
    holder.session.pause(120)
    expect(await viewer.next('PAUSE')).toMatchObject({ time: 90 })
    await learn(600)
    expect(await viewer.next('PAUSE')).toMatchObject({ is_playing: false, time: 90, version: version + 3 })
    holder.session.play()
    expect(await viewer.next('PLAY')).toMatchObject({ is_playing: true, time: 90 })
  },
}

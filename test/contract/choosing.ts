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
    await holder.call('rooms/settings', { room_id: room.code, learned: { ...learned, duration: 90 } })
    await holder.call('rooms/settings', { room_id: room.code, learned: { ...learned, url: other.url } })
    await room.settled()
    expect([viewer.all('MEDIA_LEARNED').length, viewer.all('PAUSE'), viewer.all('ROOM_UPDATED')]).toEqual([1, [], []])
    expect(viewer.state()).toMatchObject({ media: { duration: 61.235 }, playback: { is_playing: true, version } })
  },
}

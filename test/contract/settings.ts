import { expect } from 'vitest'
import { type Cases, film, hostAndViewer, versionOf } from './case.ts'

const other = { url: 'https://video.example/other.mp4', title: null, duration: 600 }

export const settings: Cases = {
  '[R12] a change is told to everybody as ROOM_UPDATED and costs no version': async (open) => {
    const room = await open(film)
    const { host, viewer } = await hostAndViewer(room)
    const version = versionOf(host)
    const detail = await host.call('rooms/settings', { room_id: room.code, name: ' Film night ' })
    expect(detail).toMatchObject({ code: room.code, name: 'Film night', host: host.name, is_host: true, media: film })
    for (const client of [host, viewer]) {
      const told = await client.next('ROOM_UPDATED')
      expect(told).toMatchObject({ name: 'Film night', host_id: host.id, is_chat_enabled: true, media: film, version })
      expect(client.state().room?.name).toBe('Film night')
    }
    await room.settled()
    expect(viewer.all('PAUSE')).toEqual([])
    expect(await viewer.call('rooms/detail', { code: room.code })).toMatchObject({
      name: 'Film night',
      is_host: false,
      viewers: 2,
    })
  },

  '[R12] nobody but the host may change anything': async (open) => {
    const room = await open(film)
    const { host, viewer } = await hostAndViewer(room)
    const asked = viewer.call('rooms/settings', { room_id: room.code, name: 'Mine' })
    await expect(asked).rejects.toMatchObject({ status: 403, code: 'not_host' })
    await room.settled()
    expect(host.all('ROOM_UPDATED')).toEqual([])
  },

  '[P5] [R12] another video pauses the room at its start: PAUSE and ROOM_UPDATED of one version': async (open) => {
    const room = await open(film)
    const { host, viewer } = await hostAndViewer(room)
    host.session.play(100)
    const { version } = await viewer.next('PLAY')
    await host.call('rooms/settings', { room_id: room.code, media: other, start: 90 })
    expect(await viewer.next('PAUSE')).toMatchObject({ is_playing: false, time: 90, version: version + 1 })
    expect(await viewer.next('ROOM_UPDATED')).toMatchObject({ media: other, version: version + 1 })
    await room.settled()
    for (const client of [host, viewer])
      expect(client.state()).toMatchObject({ media: other, playback: { is_playing: false, time: 90 } })
    await host.call('rooms/settings', { room_id: room.code, media: null })
    expect(await viewer.next('PAUSE')).toMatchObject({ is_playing: false, time: 0, version: version + 2 })
  },

  '[R21] what the host’s player found out is told once, and neither pauses nor costs a version': async (open) => {
    const room = await open({ ...film, duration: null })
    const { host, viewer } = await hostAndViewer(room)
    host.session.play(10)
    const { version } = await viewer.next('PLAY')
    const learned = { url: film.url, duration: 61.2345 }
    const detail = await host.call('rooms/settings', { room_id: room.code, learned })
    expect(detail.media?.duration).toBe(61.235)
    expect(await viewer.next('MEDIA_LEARNED')).toEqual({
      ...{ type: 'MEDIA_LEARNED', url: film.url, duration: 61.235, revision: 1 },
    })
    await host.call('rooms/settings', { room_id: room.code, learned: { ...learned, duration: 90 } })
    await host.call('rooms/settings', { room_id: room.code, learned: { ...learned, url: other.url } })
    await room.settled()
    expect([viewer.all('MEDIA_LEARNED').length, viewer.all('PAUSE'), viewer.all('ROOM_UPDATED')]).toEqual([1, [], []])
    expect(viewer.state()).toMatchObject({ media: { duration: 61.235 }, playback: { is_playing: true, version } })
  },
}

import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

const video = (name: string) => ({ url: `https://video.example/${name}.mp4`, title: null, duration: 600 })

const holding = async (mark: string) => {
  const { dynamoDb } = await import('../../functions/table/client.ts')
  return holdUpdate(dynamoDb, mark)
}

it('[R12] of two requests for one setting the later one holds, and both are answered with it', async () => {
  const { code, host } = await stage.room()
  const held = await holding('asked_chat')
  const off = stage.call('rooms/settings', { room_id: code, is_chat_enabled: false, name: 'Night' }, host)
  await held.hasArrived
  await wait(5)
  const on = await stage.call('rooms/settings', { room_id: code, is_chat_enabled: true }, host)
  held.letThrough()
  expect([(await off).is_chat_enabled, on.is_chat_enabled]).toEqual([true, true])
  expect(await stage.call('rooms/detail', { code }, host)).toMatchObject({ is_chat_enabled: true, name: 'Night' })
})

it('[R12] a new password that a later request has undone is not told', async () => {
  const { code, host } = await stage.room()
  const held = await holding('asked_entry')
  const closed = stage.call('rooms/settings', { room_id: code, is_private: true, entry_mode: 'PASSWORD' }, host)
  await held.hasArrived
  await wait(5)
  await stage.call('rooms/settings', { room_id: code, is_private: false }, host)
  held.letThrough()
  const answer = await closed
  expect(answer.is_private).toBe(false)
  expect(answer).not.toHaveProperty('room_password')
})

it('[P5] [P6] of two videos the later one holds, and the PLAY after it counts', async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  const held = await holding('first.mp4')
  const first = stage.call('rooms/settings', { room_id: code, media: video('first') }, host)
  await held.hasArrived
  await wait(5)
  await stage.call('rooms/settings', { room_id: code, media: video('second') }, host)
  hana.send({ type: 'PLAY', time: 0 })
  await hana.next('PLAY')
  held.letThrough()
  expect((await first).media).toMatchObject(video('second'))
  hana.send({ type: 'SYNC_REQUEST', ref: 'now' })
  const state = await hana.next('PLAYBACK_STATE', ({ ref }) => ref === 'now')
  expect(state).toMatchObject({ is_playing: true, media: video('second') })
})

it('[P5] [P6] a PLAY that a change of video overtakes plays the new video', async () => {
  const { code, host } = await stage.room()
  const [hana, bo] = [await stage.enter(code, host), await stage.enter(code, await stage.member(code, 'Bo'))]
  await stage.settled()
  const held = await holding('film.mp4')
  const change = stage.call('rooms/settings', { room_id: code, media: video('film') }, host)
  await held.hasArrived
  await wait(5)
  hana.send({ type: 'PLAY', time: 0 })
  await bo.next('PLAY')
  held.letThrough()
  await change
  expect(await bo.next('PLAY')).toMatchObject({ is_playing: true, version: 2 })
  expect(await bo.next('ROOM_UPDATED')).toMatchObject({ media: video('film'), version: 2 })
})

it('[R12] what has nothing to do with the entry is saved, also where the entry changes at that moment', async () => {
  const { code, host } = await stage.room()
  const ana = await stage.member(code, 'Ana')
  await stage.call('rooms/role', { room_id: code, user_id: ana.id, role: 'cohost' }, host)
  const held = [await holding('asked_name'), await holding('first.mp4')]
  const named = stage.call('rooms/settings', { room_id: code, name: 'Night' }, host)
  const filmed = stage.call('rooms/settings', { room_id: code, media: video('first') }, ana)
  await Promise.all(held.map(({ hasArrived }) => hasArrived))
  await stage.call('rooms/settings', { room_id: code, is_private: true, entry_mode: 'PASSWORD' }, host)
  for (const { letThrough } of held) letThrough()
  await Promise.all([named, filmed])
  expect(await stage.call('rooms/detail', { code }, host)).toMatchObject({
    ...{ name: 'Night', media: video('first') },
    entry_mode: 'PASSWORD',
  })
})

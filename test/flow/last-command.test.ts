import { expect, it } from 'vitest'
import { presenceOf } from '../../functions/table/presences.ts'
import { roomByCode } from '../../functions/table/rooms.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

/** A room that its host plays and leaves at once: the PLAY is saved only once they have gone. */
const playedInLeaving = async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  await stage.settled()
  const { dynamoDb } = await import('../../functions/table/client.ts')
  const held = holdUpdate(dynamoDb, 'last_frame')
  hana.send({ type: 'PLAY', time: 100 })
  await held.hasArrived
  await hana.close()
  await expect.poll(() => presenceOf(code, host.id)).toBeUndefined()
  held.letThrough()
  await expect.poll(async () => (await roomByCode(code))?.is_playing).toBe(true)
  await stage.settled()
  return { code, host }
}

it('[P7] a PLAY that is saved after its sender has gone, and nobody else is there, plays to nobody', async () => {
  const { code } = await playedInLeaving()
  stage.elapse(3_600_000)
  const gus = await stage.enter(code, await stage.member(code, 'Gus'))
  const [state] = gus.all('PLAYBACK_STATE')
  expect(state).toMatchObject({ is_playing: false })
  expect(state?.time).toBeLessThan(102)
})

it('[P7] and plays on for who comes back within the grace, and for whoever comes then', async () => {
  const { code, host } = await playedInLeaving()
  stage.elapse(5_000)
  const hana = await stage.enter(code, host)
  expect(hana.all('PLAYBACK_STATE')).toMatchObject([{ is_playing: true }])
  await stage.settled()
  stage.elapse(60_000)
  const gus = await stage.enter(code, await stage.member(code, 'Gus'))
  expect(gus.all('PLAYBACK_STATE')).toMatchObject([{ is_playing: true }])
})

it('[P7] who finds a paused room that was left, and plays it, is watched with by whoever comes later', async () => {
  const { code, host } = await stage.room()
  const first = await stage.enter(code, host)
  await stage.settled()
  await first.close()
  await stage.settled()
  stage.elapse(3_600_000)
  const hana = await stage.enter(code, host)
  hana.send({ type: 'PLAY', time: 10 })
  await hana.next('PLAY')
  await stage.settled()
  stage.elapse(60_000)
  const gus = await stage.enter(code, await stage.member(code, 'Gus'))
  expect(gus.all('PLAYBACK_STATE')).toMatchObject([{ is_playing: true }])
  expect((await roomByCode(code))?.empty_since).toBeNull()
})

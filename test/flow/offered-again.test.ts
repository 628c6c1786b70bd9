import { expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

it('[H9] an offer of the room that is asked again once it was accepted is answered as the first time', async () => {
  const { code, host } = await stage.room()
  const [ana, bo] = [await stage.member(code, 'Ana'), await stage.member(code, 'Bo')]
  await stage.handOver(code, host, ana)
  expect(await stage.call('rooms/transfer', { room_id: code, user_id: ana.id }, host)).toEqual({ ok: true })
  // A call about something else, or of somebody else, is none that was answered before.
  const others = [
    stage.refused('rooms/transfer', { room_id: code, user_id: bo.id }, host),
    stage.refused('rooms/transfer', { room_id: code, user_id: host.id }, host),
    stage.refused('rooms/transfer', { room_id: code, user_id: ana.id }, bo),
  ]
  expect((await Promise.all(others)).map(({ body }) => body.code)).toEqual(['not_host', 'not_host', 'not_host'])
})

it('[R11] [R25] a host whose place was taken has offered it to nobody', async () => {
  const { code, host } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  await stage.call('rooms/role', { room_id: code, user_id: bo.id, role: 'cohost' }, host)
  await stage.enter(code, bo)
  stage.elapse(61_000)
  await stage.call('rooms/take-over', { room_id: code }, bo)
  expect((await stage.refused('rooms/transfer', { room_id: code, user_id: bo.id }, host)).body.code).toBe('not_host')
})

import { expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'
import { hostAndBo } from './host-and-bo.ts'

const stage = setUpStage()

const two = () => hostAndBo(stage)

it('[C2] a message reaches everyone with the given fields and ours; the mark only the socket that sent it', async () => {
  const { bo, hana, boSocket } = await two()
  boSocket.send({ type: 'CHAT_MESSAGE', message: '  <b>hi</b> & hello\nthere  ', ref: 'm1' })
  const own = await boSocket.next('CHAT_MESSAGE')
  const others = await hana.next('CHAT_MESSAGE')
  expect(own).toMatchObject({ user: 'Bo', user_id: bo.id, message: '<b>hi</b> & hello\nthere', ref: 'm1' })
  expect(others).toMatchObject({ user: 'Bo', message: '<b>hi</b> & hello\nthere', id: own.id })
  expect(others).not.toHaveProperty('ref')
})

it('[W6] a late joiner finds the newest 50, oldest first', async () => {
  const { code, hana, boSocket } = await two()
  for (let count = 1; count <= 55; count += 1) {
    stage.elapse(1_000)
    boSocket.send({ type: 'CHAT_MESSAGE', message: `message ${count}` })
    await hana.next('CHAT_MESSAGE')
  }
  const late = await stage.enter(code, await stage.member(code, 'Cleo'))
  const [history] = late.all('CHAT_HISTORY')
  expect(history?.messages.map(({ message }) => message)).toEqual(
    Array.from({ length: 50 }, (_, index) => `message ${index + 6}`),
  )
})

it('[C3] chat off is an ERROR to the sender only, and everyone hears of the change', async () => {
  const { code, host, hana, boSocket } = await two()
  await stage.call('rooms/settings', { room_id: code, is_chat_enabled: false }, host)
  expect(await boSocket.next('ROOM_UPDATED')).toMatchObject({ is_chat_enabled: false })
  boSocket.send({ type: 'CHAT_MESSAGE', message: 'hello?', ref: 'x' })
  expect(await boSocket.next('ERROR')).toMatchObject({ code: 'chat_disabled', re: 'CHAT_MESSAGE', ref: 'x' })
  await stage.settled()
  expect(hana.all('CHAT_MESSAGE')).toHaveLength(0)
})

it('[C3] muted is an ERROR that says for how long; it lapses, and can be lifted', async () => {
  const { code, host, bo, hana, boSocket } = await two()
  const about = { room_id: code, user_id: bo.id }
  await stage.call('rooms/mute', { ...about, seconds: 60 }, host)
  boSocket.send({ type: 'CHAT_MESSAGE', message: 'one' })
  const error = await boSocket.next('ERROR')
  expect(error.code).toBe('muted')
  expect(error.retry_after).toBeGreaterThan(55)
  expect(error.retry_after).toBeLessThanOrEqual(60)
  stage.elapse(61_000)
  boSocket.send({ type: 'CHAT_MESSAGE', message: 'two' })
  expect((await hana.next('CHAT_MESSAGE')).message).toBe('two')
  await stage.call('rooms/mute', { ...about, seconds: 600 }, host)
  await stage.call('rooms/unmute', about, host)
  boSocket.send({ type: 'CHAT_MESSAGE', message: 'three' })
  expect((await hana.next('CHAT_MESSAGE')).message).toBe('three')
})

it('[C3] leaving and joining again does not lift a mute', async () => {
  const { code, host, bo } = await two()
  await stage.call('rooms/mute', { room_id: code, user_id: bo.id, seconds: 600 }, host)
  await stage.call('rooms/leave', { room_id: code }, bo)
  await stage.call('rooms/join', { code }, bo)
  const again = await stage.enter(code, bo)
  again.send({ type: 'CHAT_MESSAGE', message: 'back' })
  expect((await again.next('ERROR')).code).toBe('muted')
})

it('[C3] of eleven messages at once ten pass and one is too fast; a moment later the next passes', async () => {
  const { hana, boSocket } = await two()
  for (let count = 0; count < 11; count += 1)
    boSocket.send({ type: 'CHAT_MESSAGE', message: `${count}`, ref: `${count}` })
  const error = await boSocket.next('ERROR')
  expect(error).toMatchObject({ code: 'too_fast', retry_after: 1 })
  await stage.settled()
  expect(hana.all('CHAT_MESSAGE')).toHaveLength(10)
  stage.elapse(1_000)
  boSocket.send({ type: 'CHAT_MESSAGE', message: 'later' })
  await hana.next('CHAT_MESSAGE', ({ message }) => message === 'later')
})

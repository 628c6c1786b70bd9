import { expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

/** When a post, and when a write of counts came, in order. */
const watchOrder = () => {
  const order: string[] = []
  stage.runtime.faults.answerPost = ({ data }) => void order.push(JSON.parse(data).type)
  stage.runtime.faults.failDynamoDb = ({ body }) => {
    if (JSON.stringify(body).includes('STATS#')) order.push('counts')
    return undefined
  }
  return order
}
const inRoom = async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  // The first PING of a minute starts a look, which is an invocation of its own.
  hana.send({ type: 'PING', t0: 0 })
  await hana.next('PONG')
  await stage.settled()
  // What was counted until now is not this test's.
  stage.elapse(11_000)
  hana.send({ type: 'CHAT_MESSAGE', message: 'before' })
  await hana.next('CHAT_MESSAGE')
  await stage.settled()
  return { code, host, hana }
}
const lastHour = async () => {
  const { statsOf } = await import('../../functions/table/stats.ts')
  const buckets = await statsOf('hour', stage.services.clock())
  return (name: 'commands' | 'messages' | 'refused_not_host' | 'throttled') =>
    buckets.reduce((sum, { stats }) => sum + (stats[name] ?? 0), 0)
}

it('counts are added after everybody was told, by one write in ten seconds, and none for a PING', async () => {
  const { hana } = await inRoom()
  const order = watchOrder()
  for (const time of [1, 2, 3]) {
    hana.send({ type: 'SEEK', time })
    await hana.next('SEEK')
    await stage.settled()
  }
  expect(order).toEqual(['SEEK', 'SEEK', 'SEEK'])
  stage.elapse(11_000)
  hana.send({ type: 'PING', t0: 0 })
  await hana.next('PONG')
  await stage.settled()
  expect(order).not.toContain('counts')
  hana.send({ type: 'SEEK', time: 4 })
  await hana.next('SEEK')
  await stage.settled()
  expect(order.filter((one) => one === 'counts')).toHaveLength(1)
  expect(order.lastIndexOf('counts')).toBeGreaterThan(order.lastIndexOf('SEEK'))
})

it('what is asked for in the last hour is about what happened: refusals by their code, commands, messages', async () => {
  const { code, hana } = await inRoom()
  const before = await lastHour()
  const bo = await stage.member(code, 'Bo')
  await stage.refused('rooms/settings', { room_id: code, name: 'Mine' }, bo)
  hana.send({ type: 'PLAY', time: 1 })
  await hana.next('PLAY')
  await stage.settled()
  stage.elapse(11_000)
  hana.send({ type: 'CHAT_MESSAGE', message: 'hello' })
  await hana.next('CHAT_MESSAGE', ({ message }) => message === 'hello')
  await stage.settled()
  const after = await lastHour()
  expect(after('refused_not_host') - before('refused_not_host')).toBe(1)
  expect(after('commands') - before('commands')).toBe(1)
  expect(after('messages') - before('messages')).toBe(1)
})

it('what an instance has not added when it ends is lost, and what cannot be added fails nothing', async () => {
  const { hana } = await inRoom()
  const before = await lastHour()
  stage.runtime.faults.failDynamoDb = ({ body }) =>
    JSON.stringify(body).includes('STATS#') ? 'InternalServerError' : undefined
  stage.elapse(11_000)
  hana.send({ type: 'CHAT_MESSAGE', message: 'counted and lost' })
  await hana.next('CHAT_MESSAGE', ({ message }) => message === 'counted and lost')
  await stage.settled()
  expect(hana.all('ERROR')).toEqual([])
  stage.runtime.faults.reset()
  stage.elapse(11_000)
  hana.send({ type: 'CHAT_MESSAGE', message: 'counted' })
  await hana.next('CHAT_MESSAGE', ({ message }) => message === 'counted')
  await stage.settled()
  expect((await lastHour())('messages') - before('messages')).toBe(1)
})

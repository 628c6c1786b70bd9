import { expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()

/** A room whose host is inside, and people who wait at its door. */
const doorOf = async (count: number) => {
  const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
  const socket = await stage.enter(code, host)
  const waiting = await Promise.all(Array.from({ length: count }, (_, n) => stage.member(code, `P${n}`)))
  await stage.settled()
  const declineAll = () => stage.call('rooms/reject-all', { room_id: code }, host)
  const statusOf = async (person: Person) => {
    const { participants } = await stage.call('rooms/participants', { room_id: code }, host)
    return participants.find(({ id }) => id === person.id)?.status
  }
  return { code, host, socket, waiting, declineAll, statusOf }
}

it('[R30] everybody who waits is declined, and the host hears of each, in the order of the revisions', async () => {
  const { code, host, socket, waiting, declineAll, statusOf } = await doorOf(5)
  const inside = await stage.member(code, 'Inside')
  await stage.call('rooms/approve', { room_id: code, user_id: inside.id }, host)
  expect(await declineAll()).toEqual({ rejected: 5 })
  for (const person of waiting) {
    await socket.next('JOIN_RESOLVED', ({ user_id, status }) => user_id === person.id && status === 'REJECTED')
    expect(await stage.refused('rooms/join', { code }, person)).toMatchObject({ body: { code: 'rejected' } })
  }
  expect(await statusOf(inside)).toBe('APPROVED')
  const revisions = socket.all('JOIN_RESOLVED').map(({ revision = 0 }) => revision)
  expect(revisions).toEqual(revisions.map((_, index) => (revisions[0] ?? 0) + index))
})

it('[R30] [H9] asked again it declines nobody, and tells once more', async () => {
  const { socket, declineAll } = await doorOf(2)
  await declineAll()
  await stage.settled()
  expect(await declineAll()).toEqual({ rejected: 0 })
  await stage.settled()
  expect(socket.all('JOIN_RESOLVED')).toHaveLength(4)
  stage.elapse(61_000)
  await declineAll()
  await stage.settled()
  expect(socket.all('JOIN_RESOLVED')).toHaveLength(4)
})

it('[R30] [H9] cut short in the middle, the next call declines the rest, and the host hears of all', async () => {
  const { socket, waiting, declineAll, statusOf } = await doorOf(12)
  let written = 0
  stage.runtime.faults.failDynamoDb = ({ action }) => {
    if (action === 'TransactWriteItems') written += 1
    return written > 5 ? 'InternalServerError' : undefined
  }
  await expect(declineAll()).rejects.toThrow('500')
  stage.runtime.faults.reset()
  const { rejected } = await declineAll()
  expect(rejected).toBeGreaterThan(0)
  for (const person of waiting) {
    await socket.next('JOIN_RESOLVED', ({ user_id }) => user_id === person.id)
    expect(await statusOf(person)).toBe('REJECTED')
  }
})

it('[R30] beside a person who is let in at that moment, one answer counts', async () => {
  const { code, host, waiting, statusOf } = await doorOf(3)
  const [ana] = waiting
  if (ana === undefined) throw new Error('Nobody waits.')
  const post = (name: string, body: object) => stage.request('POST', name, { body, token: host.token })
  const [approved, declined] = await Promise.all([
    post('/api/rooms/approve', { room_id: code, user_id: ana.id }),
    post('/api/rooms/reject-all', { room_id: code }),
  ])
  expect(declined.status).toBe(200)
  expect(await statusOf(ana)).toBe(approved.status === 200 ? 'APPROVED' : 'REJECTED')
  expect(declined.body).toEqual({ rejected: approved.status === 200 ? 2 : 3 })
})

it('[R30] a room in which nobody waits: 0', async () => {
  const { code, host } = await stage.room()
  expect(await stage.call('rooms/reject-all', { room_id: code }, host)).toEqual({ rejected: 0 })
})

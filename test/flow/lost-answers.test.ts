import { afterEach, describe, expect, it } from 'vitest'
import type { RouteName } from '../../protocol/routes.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

// The table has done what it was asked for, its answer is lost, and the SDK asks it again.

const stage = setUpStage()
afterEach(() => stage.runtime.faults.reset())

/** Loses the answers to the updates that say this: each once. Returns how many were lost. */
const losing = (mark: string) => {
  const lost = new Set<string>()
  stage.runtime.faults.loseDynamoDbAnswer = ({ action, body }) => {
    const said = JSON.stringify(body)
    if (action !== 'UpdateItem' || !said.includes(mark) || lost.has(said)) return false
    lost.add(said)
    return true
  }
  return () => lost.size
}

/** A room with a co-host, who is inside beside the host. */
const withCohost = async () => {
  const { code, host } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  await stage.call('rooms/role', { room_id: code, user_id: bo.id, role: 'cohost' }, host)
  const socket = await stage.enter(code, host)
  await stage.enter(code, bo)
  await socket.next('USER_JOINED', ({ user_id }) => user_id === bo.id)
  await stage.settled()
  return { code, host, bo, socket }
}

describe('where the answer of the table to a write is lost', () => {
  it('[R27] a question is heard, and its asker is not told to wait', async () => {
    const { code, bo, socket } = await withCohost()
    const count = losing('asked_pause_at')
    await stage.call('rooms/ask-pause', { room_id: code }, bo)
    await stage.settled()
    expect([count(), socket.all('PAUSE_ASKED').length]).toEqual([1, 1])
  })

  it.each<[RouteName, (code: string, host: Person, bo: Person) => [object, Person]]>([
    ['rooms/leave', (room_id, _host, bo) => [{ room_id }, bo]],
    ['rooms/kick', (room_id, host, bo) => [{ room_id, user_id: bo.id }, host]],
    ['rooms/ban', (room_id, host, bo) => [{ room_id, user_id: bo.id }, host]],
  ])('[R22] %s of a co-host: the others hear at once that they are none any more', async (name, how) => {
    const { code, host, bo, socket } = await withCohost()
    const count = losing('cohosts')
    const [body, by] = how(code, host, bo)
    await stage.call(name, body, by)
    await stage.settled()
    expect(count()).toBeGreaterThan(0)
    expect(socket.all('ROOM_UPDATED').at(-1)).toMatchObject({ cohosts: [] })
  })

  it('[A14] a new name is told at once, and once', async () => {
    const { bo, socket } = await withCohost()
    const count = losing('name_told_at')
    await stage.call('auth/name', { display_name: 'Bob' }, bo)
    await stage.settled()
    expect(count()).toBe(1)
    expect(socket.all('USER_JOINED').filter(({ user }) => user === 'Bob')).toHaveLength(1)
  })
})

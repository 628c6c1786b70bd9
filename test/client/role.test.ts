import { expect, test } from 'vitest'
import { foldEvent, withFacts } from '../../client/room/fold-event.ts'
import { hostIdOf, roleOf } from '../../client/room/role.ts'
import { emptyRoom } from '../../client/room/room-state.ts'
import type { ServerEventOf } from '../../protocol/server-events.ts'
import { detail } from './simulated/room-server.ts'

const greeting: ServerEventOf<'ROOM_PARTICIPANTS'> = {
  type: 'ROOM_PARTICIPANTS',
  participants: ['ana', 'bo'],
  host: 'ana',
  members: [
    { user_id: 'ana', name: 'ana', role: 'host' },
    { user_id: 'bo', name: 'bo', role: 'participant' },
  ],
  viewers: 2,
  at: 1,
}
const greeted = foldEvent(emptyRoom, greeting)

test('nobody hosts before the greeting', () => {
  expect([hostIdOf(emptyRoom), roleOf(emptyRoom, 'ana')]).toEqual([null, 'participant'])
})

test('the greeting says who hosts until the facts do', () => {
  expect([roleOf(greeted, 'ana'), roleOf(greeted, 'bo')]).toEqual(['host', 'participant'])
  const handedOver = withFacts(greeted, { ...detail, host: 'bo', host_id: 'bo' })
  expect([roleOf(handedOver, 'ana'), roleOf(handedOver, 'bo')]).toEqual(['participant', 'host'])
})

test('a role that only a newer server has counts as participant, also of somebody who then hosts', () => {
  const members = [
    { user_id: 'ana', name: 'ana', role: 'host' },
    { user_id: 'bo', name: 'bo', role: 'of-a-newer-server' as 'participant' },
  ] as const
  const told = foldEvent(greeted, { ...greeting, members: [...members] })
  expect(roleOf(told, 'bo')).toBe('participant')
  const handedOver = withFacts(told, { ...detail, host: 'bo', host_id: 'bo' })
  expect([roleOf(handedOver, 'ana'), roleOf(handedOver, 'bo')]).toEqual(['participant', 'host'])
})

test('a host who is away is the host', () => {
  const away = foldEvent(greeted, { type: 'USER_LEFT', user: 'ana', user_id: 'ana', at: 2 })
  expect(hostIdOf(away)).toBe('ana')
})

import { expect, test } from 'vitest'
import { hostIdOf, roleOf } from '../../client/room/role.ts'
import { emptyRoom, foldEvent, withFacts } from '../../client/room/room-state.ts'
import { detail } from './simulated/room-server.ts'

const greeted = foldEvent(emptyRoom, {
  type: 'ROOM_PARTICIPANTS',
  participants: ['ana', 'bo'],
  host: 'ana',
  members: [
    { user_id: 'ana', name: 'ana', role: 'host' },
    { user_id: 'bo', name: 'bo', role: 'participant' },
  ],
  viewers: 2,
  at: 1,
})

test('nobody hosts before the greeting', () => {
  expect([hostIdOf(emptyRoom), roleOf(emptyRoom, 'ana')]).toEqual([null, 'participant'])
})

test('the greeting says who hosts until the facts do', () => {
  expect([roleOf(greeted, 'ana'), roleOf(greeted, 'bo')]).toEqual(['host', 'participant'])
  const handedOver = withFacts(greeted, { ...detail, host: 'bo', host_id: 'bo' })
  expect([roleOf(handedOver, 'ana'), roleOf(handedOver, 'bo')]).toEqual(['participant', 'host'])
})

test('a host who is away is the host', () => {
  const away = foldEvent(greeted, { type: 'USER_LEFT', user: 'ana', user_id: 'ana', at: 2 })
  expect(hostIdOf(away)).toBe('ana')
})

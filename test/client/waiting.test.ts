import { expect, test } from 'vitest'
import type { Member } from '../../client/room/members.ts'
import { requestsOf } from '../../client/room/waiting.ts'

const waiting = (id: string, display_name: string): Member => ({
  ...{ id, display_name, status: 'PENDING', is_host: false },
  ...{ is_guest: false, online: false, muted_until: null },
})

test('[A14] somebody who waits and is called something else by now is called that once the list was read', () => {
  expect(requestsOf([waiting('1', 'Bea')], [{ user: 'Ana', user_id: '1' }])).toEqual([{ user: 'Bea', user_id: '1' }])
})

test('the list of those who wait is the one that is held where it says the same', () => {
  const held = [{ user: 'Ana', user_id: '1' }]
  expect(requestsOf([waiting('1', 'Ana')], held)).toBe(held)
  expect(requestsOf([waiting('1', 'Ana'), waiting('2', 'Bo')], held)).toHaveLength(2)
  expect(requestsOf([], held)).toEqual([])
})

import pLimit from 'p-limit'
import type { Member } from '../domain/membership.ts'
import type { Room } from '../domain/room.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { allOf } from '../table/all-of.ts'
import { endMembership, membersWith } from '../table/members.ts'
import { tellResolved } from './tell-waiting.ts'

/** Transactions at once: forty people who wait are answered within a second, and nobody else's writes are crowded out. */
const AT_ONCE = 8
/** Who was declined longer ago is on no host's page any more. */
const UNTOLD_FOR_MS = 60_000

/** Those for whom `save` says that it went through. */
const savedOf = async (people: readonly Member[], save: (member: Member) => Promise<boolean>): Promise<Member[]> => {
  const limit = pLimit(AT_ONCE)
  const outcomes = await allOf(people.map((member) => limit(() => save(member))))
  return people.filter((_, index) => outcomes[index])
}

/** Declined just now, maybe by a call that ended before the hosts heard so. */
const isUntold = (member: Member, now: number): boolean =>
  member.status === 'REJECTED' && member.status_before === 'PENDING' && now - member.status_at < UNTOLD_FOR_MS

/** Declines everybody who waits, and answers with how many. Who was declined just now is told of once more. */
export const declineAll = async (room: Room, runtime: Runtime): Promise<number> => {
  const now = runtime.clock()
  const members = await membersWith(room.code, ['PENDING', 'REJECTED'])
  const waiting = members.filter(({ status }) => status === 'PENDING')
  const declined = await savedOf(waiting, (member) => endMembership(room.code, member, 'REJECTED', now))
  const untold = members.filter((member) => isUntold(member, now))
  await tellResolved(room, [...untold, ...declined], 'REJECTED', runtime)
  return declined.length
}

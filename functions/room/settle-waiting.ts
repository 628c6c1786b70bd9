import { isWaiting, type Member, settledAs } from '../domain/membership.ts'
import type { Room } from '../domain/room.ts'
import type { Resolution } from '../domain/waiting.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { allOfAtMost } from '../table/all-of.ts'
import { membersWith } from '../table/member-lists.ts'
import { approve, endMembership } from '../table/members.ts'
import { tellResolved } from './tell-waiting.ts'

/** Transactions at once: forty people who wait are answered within a second, and nobody else's writes are crowded out. */
const AT_ONCE = 8
/** Somebody who was answered longer ago is on no host's page any more. */
const UNTOLD_FOR_MS = 60_000

const save = (code: string, member: Member, answer: Resolution, now: number): Promise<boolean> =>
  answer === 'APPROVED'
    ? approve(code, member, now)
    : endMembership(code, member, answer, now, { isSettled: answer === 'LEFT' })

/** Whether they were answered just now, maybe by a call that ended before the hosts heard of it. */
const isUntold = (member: Member, answer: Resolution, now: number): boolean =>
  member.status === answer && member.status_before === 'PENDING' && now - member.status_at < UNTOLD_FOR_MS

/**
 * Gives one answer to all who wait and are meant, and tells of it. Those who had this answer just now are told of once
 * more. Returns how many were answered now.
 */
const answerWith = async (
  room: Room,
  answer: Resolution,
  isMeant: (member: Member) => boolean,
  runtime: Runtime,
): Promise<number> => {
  const now = runtime.clock()
  const members = await membersWith(room.code, ['PENDING', answer])
  const waiting = members.filter((member) => isWaiting(member, now) && isMeant(member))
  const outcomes = await allOfAtMost(AT_ONCE, waiting, (member) => save(room.code, member, answer, now))
  const answered = waiting.filter((_, index) => outcomes[index])
  const untold = members.filter((member) => isUntold(member, answer, now))
  await tellResolved(room, [...untold, ...answered], answer, runtime)
  return answered.length
}

/** Declines everybody who waits. Returns how many. */
export const declineAll = (room: Room, runtime: Runtime): Promise<number> =>
  answerWith(room, 'REJECTED', () => true, runtime)

/** Answers those who wait for an approval that the room does not ask for any more: they are let in, or sent away. */
export const settleWaiting = async (room: Room, runtime: Runtime): Promise<void> => {
  const kinds = [
    { is_guest: false, is_traced: false },
    { is_guest: true, is_traced: false },
    { is_guest: true, is_traced: true },
  ]
  const answers = new Set(kinds.map((kind) => settledAs(room, kind)))
  for (const answer of answers)
    if (answer !== undefined) await answerWith(room, answer, (member) => settledAs(room, member) === answer, runtime)
}

import type { MembershipStatus } from '../../protocol/member.ts'
import type { RefusalCode } from '../../protocol/refusal-codes.ts'
import { Refusal } from '../../protocol/refusals.ts'
import type { RemovalCode } from '../../protocol/server-events.ts'
import { type Ending, hasEndedAs, type Member, wasLifted } from '../domain/membership.ts'
import { assertMayModerate, isHost } from '../domain/rights.ts'
import { livingRoom, type Room } from '../domain/room.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { finishRemoval, loseRole } from '../presence/lose-role.ts'
import { sendAway } from '../presence/send-away.ts'
import { unmarkHosting } from '../table/hosting.ts'
import { type EndingOptions, endMembership, memberOf } from '../table/members.ts'
import { bar, unbar } from '../table/roles.ts'
import { roomByCode } from '../table/rooms.ts'
import { endBar } from './end-bar.ts'
import { mayTakeBack } from './may-take-back.ts'
import { tellWaiting } from './tell-waiting.ts'

const codeOfEnding = {
  BANNED: 'banned',
  KICKED: 'kicked',
  LEFT: 'left',
  REJECTED: 'rejected',
} as const satisfies Record<Ending, RemovalCode>

/**
 * A hand-over takes milliseconds. An older mark of hosting on somebody who does not host was left behind by a crash.
 */
const MARK_HOLDS_MS = 30_000
const TRIES = 3

/** The refusal when somebody else changed the membership first. */
const refusalWhenLate = {
  BANNED: 'conflict',
  KICKED: 'member_not_found',
  LEFT: 'conflict',
  REJECTED: 'not_pending',
} as const satisfies Record<Ending, RefusalCode>

const hostStays = (ending: Ending): Refusal =>
  new Refusal('host_must_stay', ending === 'LEFT' ? {} : { message: 'The host cannot be removed.' })

/**
 * Whether the end holds for somebody whose status may have changed since it was read. Who leaves is banned all the same,
 * and who is let in leaves all the same. What somebody lifted meanwhile stays so, and who left and came back has not left.
 */
const isStillToEnd = (seen: Member, read: Member, ending: Ending): boolean => {
  if (seen.status_at === read.status_at) return true
  if (ending === 'LEFT') return read.status === 'PENDING' && seen.status === 'APPROVED'
  return seen.status === read.status || (ending === 'BANNED' && seen.status === 'LEFT' && !wasLifted(seen))
}

/**
 * Saves the end of a membership, and answers with the status that ended.
 * @throws Refusal host_must_stay, conflict, or the one of `refusalWhenLate`
 */
const save = async (
  room: Room,
  member: Member,
  ending: Ending,
  now: number,
  options: EndingOptions,
): Promise<MembershipStatus> => {
  let seen: Member | undefined = member
  for (let attempt = 0; attempt < TRIES && seen !== undefined && isStillToEnd(seen, member, ending); attempt += 1) {
    if (seen.hosting_since !== null) {
      if (isHost(room, seen.user_id) || now - seen.hosting_since < MARK_HOLDS_MS) throw hostStays(ending)
      await unmarkHosting(room.code, seen.user_id, seen.hosting_since)
      seen = { ...seen, hosting_since: null }
    }
    if (await endMembership(room.code, seen, ending, now, options)) return seen.status
    seen = await memberOf(room.code, member.user_id)
  }
  // Two calls that end it in the same way at once both succeed. Somebody whose row went with an ended room has left it,
  // too.
  if (hasEndedAs(seen, ending, now) || (seen === undefined && ending === 'LEFT')) return member.status
  throw new Refusal(seen?.status === member.status ? 'conflict' : refusalWhenLate[ending])
}

type RemovalOptions = EndingOptions & {
  /** Who removes somebody else by the right of their role. */
  by?: string
}
type Removing = Runtime & { settings: { TOKEN_HOURS: number } }

/**
 * Whoever leaves by themselves, or is removed by an administrator, is removed also where the room has ended meanwhile.
 * @throws Refusal room_not_found, not_host, conflict
 */
const barForRemoval = async ({ code }: Room, userId: string, now: number, by?: string): Promise<void> => {
  const isBarred = await bar(code, userId, now, by)
  if (isBarred || by === undefined) return
  const latest = livingRoom(await roomByCode(code), now)
  assertMayModerate(latest, by, userId)
  throw new Refusal('conflict')
}

/**
 * Ends a membership or a request for one. Nothing that the person sends counts from then on. The end is saved first.
 * Then the person's sockets get the reason and close, and the others are told. If the person was waiting, those who let
 * people in are told that the wish is over. Where the membership has ended in this way already, the rest is done: the
 * function that saved it may have been cut short.
 */
export const removeMember = async (
  room: Room,
  member: Member,
  ending: Ending,
  runtime: Removing,
  options: RemovalOptions = {},
): Promise<void> => {
  const now = runtime.clock()
  // Those who stand in for a host do not remove the host either.
  const isReturning = ending !== 'LEFT' && (await mayTakeBack(room, member, now, runtime.settings))
  if (isReturning) throw new Refusal('host_may_return')
  if (isHost(room, member.user_id)) throw hostStays(ending)
  const isSaved = hasEndedAs(member, ending, now)
  const before = isSaved ? member.status_before : member.status
  let isMember = before === 'APPROVED'
  if (isMember && !isSaved) await barForRemoval(room, member.user_id, now, options.by)
  try {
    // Who waited may have been let in meanwhile, and have a role.
    if (!isSaved) isMember = (await save(room, member, ending, now, options)) === 'APPROVED' || isMember
  } catch (error) {
    // After a refusal the person is unbarred if they stay; if another call removes them, that call does it. After a fault
    // nobody knows whether they stay: they are barred until the call is asked again, or for 30 s.
    const isKnown = isMember && error instanceof Refusal
    const stays = isKnown && (await memberOf(room.code, member.user_id))?.status === 'APPROVED'
    if (stays) await unbar(room.code, member.user_id)
    throw error
  }
  if (before === 'PENDING') {
    const status = ending === 'LEFT' ? 'LEFT' : 'REJECTED'
    await tellWaiting(room, member, status, runtime)
  }
  const isBack = async () => (await memberOf(room.code, member.user_id))?.status === 'APPROVED'
  const hadRights = isMember || isSaved
  const beside = async () => {
    // They may have been let back in meanwhile, and have another role by now.
    if (hadRights && !(await isBack())) await loseRole(room, member.user_id, runtime, isSaved)
  }
  await sendAway(room.code, member.user_id, codeOfEnding[ending], runtime, { isBack, beside })
  if (!hadRights) await finishRemoval(room, member.user_id, runtime)
  // Only now, when the role is gone: while they are barred they have no right by it.
  const isBarredByThis = before === 'APPROVED' && !isSaved
  if (isBarredByThis || room.barred.includes(member.user_id)) await endBar(room.code, member.user_id, now)
}

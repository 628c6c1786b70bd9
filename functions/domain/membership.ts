import {
  ASK_AGAIN_AFTER_SECONDS,
  OPENING_EVERY_MS,
  OPENINGS_AT_ONCE,
  REFUSED_FOR_SECONDS,
  RETURN_AGAIN_AFTER_SECONDS,
  WISH_LASTS_SECONDS,
} from '../../protocol/limits.ts'
import type { MembershipStatus } from '../../protocol/member.ts'
import { Refusal } from '../../protocol/refusals.ts'
import { type Bucket, latestFullAt } from './bucket.ts'
import { secondsToWait } from './durations.ts'
import { isHost } from './rights.ts'
import type { Room } from './room.ts'

/**
 * By what somebody may be known again in a room: salted hashes of the network that they came from and of the mark that
 * their browser keeps. See functions/auth/traces.ts.
 */
export type Traces = { network_trace?: string | undefined; browser_trace?: string | undefined }

/** The traces that there are. */
export const tracesIn = ({ network_trace, browser_trace }: Traces): string[] =>
  [network_trace, browser_trace].filter((trace) => trace !== undefined)

/** Whether somebody comes with a trace that was not noted of them yet. */
export const bringsNewTrace = (noted: Traces, brought: Traces): boolean =>
  tracesIn(brought).some((trace) => !tracesIn(noted).includes(trace))

/** A person's row in one room. Times in epoch milliseconds. */
export type Member = Traces & {
  user_id: string
  /** Unique in the room. */
  name: string
  is_guest: boolean
  status: MembershipStatus
  /** When the status was set; tells one decision from the next. */
  status_at: number
  /** What the status was before, where that is known. It tells a call that is asked again from a mistaken one. */
  status_before?: MembershipStatus | undefined
  /** When they last came back, or asked to, after they had left; missing where they never did. */
  returned_at?: number | undefined
  /** From when on they may open as many sockets at once as ever. Each that ends moves it on; missing where none has. */
  openings_full_at?: number | undefined
  /** While the member waits: when they were last noted to ask. */
  asked_at?: number | undefined
  /** The `status_at` with which the room's entry last ended a wish of theirs; missing where it never did. */
  settled_at?: number | undefined
  /** Of somebody who waits: they asked under the trace of somebody who was banned. Only a person lets them in. */
  is_traced?: boolean | undefined
  muted_until: number | null
  /** When their last socket in the room ended; 0 where that was never noted. */
  left_at: number
  /** Set while the member hosts, or is about to: a host is not removed. */
  hosting_since: number | null
}

/** Members who left or were removed hold no name: somebody else may have it by now. */
export const holdsName = ({ status }: Pick<Member, 'status'>): boolean => status === 'APPROVED' || status === 'PENDING'

export type Caller = { user_id: string; display_name: string; is_guest: boolean }

/**
 * The status that counts: a rejection or a kick is forgotten after ten minutes, and a wish to enter is over after a minute
 * in which nobody repeated it.
 */
export const statusOf = (member: Member | undefined, now: number): MembershipStatus | 'NONE' => {
  if (member === undefined) return 'NONE'
  const { status } = member
  if (status === 'PENDING') return now < wishEnds(member) ? status : 'NONE'
  const isForgotten = (status === 'REJECTED' || status === 'KICKED') && now >= refusedUntil(member)
  return isForgotten ? 'NONE' : status
}

/**
 * Functions of the version before do not note that somebody asks again. A wish that only they wrote or repeated lasts
 * longer.
 */
const UNNOTED_WISH_MS = 600_000
/** As often as a page asks, so that a wish lasts its minute. Whoever asks more often is not noted each time. */
const WISH_NOTED_EVERY_MS = 3_000

/** When somebody who waits was last noted to ask; undefined where the note is of a wish before this one. */
const askedAt = ({ asked_at, status_at }: Member): number | undefined =>
  asked_at === undefined || asked_at < status_at ? undefined : asked_at

const wishEnds = (member: Member): number => {
  const asked = askedAt(member)
  return asked === undefined ? member.status_at + UNNOTED_WISH_MS : asked + WISH_LASTS_SECONDS * 1000
}

/** Whether it is to be noted that somebody who waits has asked again. */
export const mustNoteAsking = (member: Member, now: number): boolean =>
  now - (askedAt(member) ?? Number.NEGATIVE_INFINITY) >= WISH_NOTED_EVERY_MS

export const isWaiting = (member: Member | undefined, now: number): member is Member =>
  statusOf(member, now) === 'PENDING'

/** Whether somebody holds a name by a wish alone that is over: nothing was written when it ended. */
export const isWishOver = (member: Member | undefined, now: number): member is Member =>
  member?.status === 'PENDING' && !isWaiting(member, now)

/** How a membership, or a request for one, ends. */
export type Ending = 'BANNED' | 'KICKED' | 'LEFT' | 'REJECTED'

/** Whether it has ended in this way already. The call that is to end it is then a repetition. */
export const hasEndedAs = (member: Member | undefined, ending: Ending, now: number): boolean =>
  // Somebody whose ban or kick was lifted has the status LEFT as well, but by nobody's call to leave.
  statusOf(member, now) === ending && !(ending === 'LEFT' && wasLifted(member))

const SHUT_OUT: ReadonlySet<MembershipStatus | 'NONE'> = new Set(['BANNED', 'KICKED', 'REJECTED'])

/** Whether somebody is refused whatever the room's entry is: banned, or kicked or declined within the last ten minutes. */
export const isShutOut = (member: Member | undefined, now: number): member is Member =>
  SHUT_OUT.has(statusOf(member, now))

/** Whether somebody was a member when they were kicked: an administrator removes those who wait as well. */
export const wasKicked = ({ status, status_before }: Member): boolean =>
  status === 'KICKED' && status_before !== 'PENDING'

/** Whether a ban, a kick or a decline was lifted already. The call that is to lift it is then a repetition. */
export const wasLifted = (member: Member | undefined): boolean =>
  (member?.status === 'LEFT' && member.status_before !== undefined && SHUT_OUT.has(member.status_before)) ||
  (member?.status === 'APPROVED' && member.status_before === 'KICKED')

/** Whether somebody who asked to be let in was let in already. The call that is to let them in is then a repetition. */
export const wasLetIn = (member: Member | undefined): boolean =>
  member?.status === 'APPROVED' && member.status_before === 'PENDING'

const refusedUntil = (member: Member): number => member.status_at + REFUSED_FOR_SECONDS * 1000

/** Whether the password decides, so that it is worth hashing one. */
export const asksForPassword = (room: Room, member: Member | undefined, userId: string, now: number): boolean =>
  room.entry_mode === 'PASSWORD' &&
  !room.is_locked &&
  !isHost(room, userId) &&
  statusOf(member, now) !== 'APPROVED' &&
  !isShutOut(member, now)

/**
 * What asking to join leads to under the room's present entry.
 * @throws Refusal room_locked, guests_not_allowed, wrong_password, rejected, kicked, banned, too_fast
 */
export const decideJoin = (
  room: Room,
  member: Member | undefined,
  caller: Caller,
  passwordMatches: boolean,
  now: number,
): 'APPROVED' | 'PENDING' => {
  const status = statusOf(member, now)
  if (status === 'APPROVED' || isHost(room, caller.user_id)) return 'APPROVED'
  if (status === 'BANNED') throw new Refusal('banned')
  if (member !== undefined && (status === 'REJECTED' || status === 'KICKED')) {
    const retryAfter = secondsToWait(refusedUntil(member) - now)
    throw new Refusal(status === 'REJECTED' ? 'rejected' : 'kicked', { retryAfter })
  }
  if (room.is_locked) throw new Refusal('room_locked')
  if (caller.is_guest && !room.guests_allowed) throw new Refusal('guests_not_allowed')
  if (room.entry_mode === 'PASSWORD' && !passwordMatches) throw new Refusal('wrong_password')
  assertMayReturn(member, now)
  if (room.entry_mode !== 'APPROVAL') return 'APPROVED'
  assertMayAsk(member, now)
  return 'PENDING'
}

/** Whether somebody was in the room and left it. Somebody whose removal was lifted did not leave. */
export const hasLeft = (member: Member | undefined): member is Member =>
  member?.status === 'LEFT' && member.status_before === 'APPROVED'

const tooSoon = (since: number, seconds: number, now: number, message: string): void => {
  const wait = since + seconds * 1000 - now
  if (wait > 0) throw new Refusal('too_fast', { message, retryAfter: secondsToWait(wait) })
}

const OPENINGS: Bucket = { burst: OPENINGS_AT_ONCE, refillMs: OPENING_EVERY_MS }

/** Whether somebody opens and closes sockets again and again: the whole room would be told each time. */
export const opensTooOften = ({ openings_full_at: fullAt = 0 }: Member, now: number): boolean =>
  fullAt > latestFullAt(now, OPENINGS)

/**
 * Refuses somebody who goes and comes back again and again: the whole room would be told each time.
 * @throws Refusal too_fast
 */
const assertMayReturn = (member: Member | undefined, now: number): void => {
  if (!hasLeft(member) || member.returned_at === undefined) return
  const message = 'You were here a moment ago. You can come back in a few seconds.'
  tooSoon(member.returned_at, RETURN_AGAIN_AFTER_SECONDS, now, message)
}

/**
 * Refuses somebody who asks and withdraws again and again: it would ring at the host's door each time. A wish that the
 * room's entry ended was withdrawn by nobody.
 * @throws Refusal too_fast
 */
const assertMayAsk = (member: Member | undefined, now: number): void => {
  if (member?.status !== 'LEFT' || member.status_before !== 'PENDING') return
  if (member.settled_at === member.status_at) return
  const message = 'You asked a moment ago. You can ask again in a few seconds.'
  tooSoon(member.status_at, ASK_AGAIN_AFTER_SECONDS, now, message)
}

/**
 * What the room's present entry makes of a wish: it is granted, or over. Undefined where the person goes on waiting.
 */
export const settledAs = (
  room: Room,
  { is_guest, is_traced }: Pick<Member, 'is_guest' | 'is_traced'>,
): 'APPROVED' | 'LEFT' | undefined => {
  if (room.is_locked || room.entry_mode === 'PASSWORD' || (is_guest && !room.guests_allowed)) return 'LEFT'
  return room.entry_mode === 'APPROVAL' || is_traced ? undefined : 'APPROVED'
}

const NOT_LET_IN: ReadonlySet<MembershipStatus> = new Set(['PENDING', 'REJECTED'])

/**
 * Whether the room has let somebody in before, or lifted what kept them out. An old row that does not say so counts as
 * yes.
 */
const wasHereBefore = (member: Member | undefined): boolean =>
  member !== undefined &&
  (member.status === 'APPROVED' || !(NOT_LET_IN.has(member.status) || member.status_before === 'PENDING'))

/**
 * Whether somebody waits for the host, whatever the room's entry is, because a person with one of their traces was
 * banned a while ago: otherwise a new name would undo the ban. Somebody who was here before or has an account is known
 * well enough.
 */
export const waitsAfterBan = (member: Member | undefined, isGuest: boolean): boolean =>
  isGuest && !wasHereBefore(member)

export type Joining = { status: 'APPROVED' | 'PENDING'; reason?: 'recent_ban' }

/** What becomes of a wish, where `isTraced` says that its person waits after a ban. @throws Refusal too_fast */
export const afterBan = (
  wish: Joining['status'],
  isTraced: boolean,
  member: Member | undefined,
  now: number,
): Joining => {
  if (!isTraced || wish === 'PENDING') return { status: wish }
  assertMayAsk(member, now)
  return { status: 'PENDING', reason: 'recent_ban' }
}

/** @throws Refusal not_a_member */
export const assertMember = (room: Room, member: Member | undefined, userId: string): void => {
  if (!isHost(room, userId) && member?.status !== 'APPROVED') throw new Refusal('not_a_member')
}

import { setTimeout as wait } from 'node:timers/promises'
import {
  isAnnounced,
  isPresent,
  lastLeft,
  openConnections,
  type Presence,
  timeOfLeave,
  userJoined,
  userLeft,
} from '../domain/presence.ts'
import { TOLD_WITHIN_MS } from '../domain/times.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellPresent } from '../fanout/tell-room.ts'
import { allOf } from '../table/all-of.ts'
import { noteEmpty } from '../table/empty-rooms.ts'
import { claimLeave } from '../table/leave-claims.ts'
import { noteLeft } from '../table/members.ts'
import { presenceOf, presencesIn } from '../table/presences.ts'
import { noteLastLeave, raiseRevision } from '../table/revisions.ts'
import { forgetLeft } from '../table/sockets.ts'

/**
 * Tells the others that somebody left. If no function had claimed telling the join when the last socket was removed,
 * none will any more: then both are told here, the join first. Both say when it happened, and not when it is told:
 * whoever has come back meanwhile is there since later than that.
 */
const tellLeft = async (
  code: string,
  presences: readonly Presence[],
  left: Presence,
  revision: number,
  runtime: Runtime,
) => {
  const { clock } = runtime
  const { user_id, present_since } = left
  // The name is the one that the others know.
  const person = { user_id, name: left.renamed_from ?? left.name }
  const to = { allBut: user_id }
  if (!isAnnounced(left)) {
    const events = [userJoined(person, present_since ?? left.left_at, revision - 1)]
    await tellPresent(code, presences, { events, to, happened: clock() }, runtime)
  }
  const begunAt = clock()
  await tellPresent(code, presences, { events: [userLeft(person, timeOfLeave(left), revision)], to }, runtime)
  if (clock() - begunAt <= TOLD_WITHIN_MS) return
  // After slow posts USER_LEFT may have overtaken the USER_JOINED of a return. Then that USER_JOINED is sent once more.
  const back = await presenceOf(code, user_id)
  if (back?.present_since == null || back.joined_revision === null || !isPresent(back, clock())) return
  const again = userJoined(back, back.present_since, back.joined_revision)
  await tellPresent(code, presences, { events: [again], to }, runtime)
}

/**
 * Tells a leave if nobody else has claimed it: several functions may find at once that somebody left. The claim is the
 * last thing before the posts. Who comes back while nobody has claimed it claims and tells it first, also where the
 * function that would have done so has ended. Answers whether it was told here.
 */
const claimAndTell = async (
  code: string,
  presences: readonly Presence[],
  left: Presence,
  claimer: string,
  runtime: Runtime,
) => {
  const { clock } = runtime
  if (isAnnounced(left)) await wait(Math.max(0, (left.announced ?? 0) + TOLD_WITHIN_MS - clock()))
  const revision = await raiseRevision(code, 'people', isAnnounced(left) ? 1 : 2)
  const isClaimed = await claimLeave(code, left, { now: clock(), claimer })
  if (isClaimed) await tellLeft(code, presences, left, revision, runtime)
  return isClaimed
}

type Leaves = {
  /** When the last of them was heard of. */
  until: number
  /** When the last of them left, where that is told as it happens: the room stands no earlier than there. */
  closedAt?: number | undefined
  /** The mark of a call that may be asked again: it tells what it has claimed before and may not have told. */
  claimer?: string | undefined
}

/** Tells the room who left, and forgets them. Where nobody is there any more, it notes since when. */
export const tellLeaves = async (
  code: string,
  departed: readonly Presence[],
  { until, closedAt, claimer }: Leaves,
  runtime: Runtime,
): Promise<void> => {
  if (departed.length === 0) return
  const { clock, ids } = runtime
  const presences = await presencesIn(code)
  const now = clock()
  const isEmpty = !presences.some((presence) => isPresent(presence, now))
  // The mark is no earlier than any socket that is opening just now: once its person watches, the mark is void (see
  // `emptySince`).
  const coming = presences.flatMap((presence) => openConnections(presence, now)).map(({ since }) => since)
  const [told] = await allOf([
    allOf(departed.map((presence) => claimAndTell(code, presences, presence, claimer ?? ids.token(), runtime))),
    isEmpty ? noteEmpty(code, Math.max(until, ...coming)) : undefined,
    closedAt === undefined ? undefined : noteLastLeave(code, closedAt, isEmpty),
  ])
  // The rows go last: if this function ends before, a look finds them.
  const forgotten = departed.filter((_, index) => told[index])
  await allOf(forgotten.map(({ user_id: userId, present_since }) => forgetLeft({ code, userId }, present_since)))
}

/**
 * Tells leaves of people whose sockets were removed before, and notes when they were there last: whoever removed them
 * may have ended.
 */
export const tellUntoldLeaves = async (
  code: string,
  left: readonly Presence[],
  runtime: Runtime,
  claimer?: string,
): Promise<void> => {
  const until = Math.max(...left.map(({ left_at }) => left_at))
  await allOf([
    tellLeaves(code, left, { until, claimer }, runtime),
    ...left.map((one) => noteLeft(code, one.user_id, lastLeft(one))),
  ])
}

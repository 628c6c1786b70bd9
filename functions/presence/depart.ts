import { setTimeout as wait } from 'node:timers/promises'
import {
  isLeaveLost,
  isPresent,
  isThoughtThere,
  lastHeardOf,
  lastThere,
  openConnections,
  type Presence,
  type SocketIds,
  timeOfLeave,
  userJoined,
  userLeft,
} from '../domain/presence.ts'
import { TOLD_WITHIN_MS } from '../domain/times.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellPresent } from '../fanout/tell-room.ts'
import { count } from '../metrics/tally.ts'
import { allOf } from '../table/all-of.ts'
import { noteEmpty } from '../table/empty-rooms.ts'
import { claimLostLeave } from '../table/lost-leaves.ts'
import { noteEnded, noteLeft } from '../table/members.ts'
import { presenceOf, presencesIn } from '../table/presences.ts'
import { raiseRevision } from '../table/revisions.ts'
import { forgetLeft, type RemovedSocket, removeSocket } from '../table/sockets.ts'

/**
 * Tells the others that somebody left. If no function had claimed telling the join when the last socket was removed,
 * none will any more: then both are told here, the join first. Both say when it happened, and not when it is told:
 * whoever has come back meanwhile is there since later than that.
 */
const tellLeft = async (code: string, presences: readonly Presence[], left: Presence, runtime: Runtime) => {
  const { clock } = runtime
  const { user_id, present_since, announced } = left
  // The name is the one that the others know.
  const person = { user_id, name: left.renamed_from ?? left.name }
  const to = { allBut: user_id }
  if (announced === null || announced !== present_since) {
    const happened = clock()
    const events = [userJoined(person, present_since ?? left.left_at, await raiseRevision(code, 'people'))]
    await tellPresent(code, presences, { events, to, happened }, runtime)
  } else await wait(Math.max(0, announced + TOLD_WITHIN_MS - clock()))
  const begunAt = clock()
  const events = [userLeft(person, timeOfLeave(left), await raiseRevision(code, 'people'))]
  await tellPresent(code, presences, { events, to }, runtime)
  if (clock() - begunAt <= TOLD_WITHIN_MS) return
  // After slow posts USER_LEFT may have overtaken the USER_JOINED of a return. Then that USER_JOINED is sent once more.
  const back = await presenceOf(code, user_id)
  if (back?.present_since == null || back.joined_revision === null || !isPresent(back, clock())) return
  const again = userJoined(back, back.present_since, back.joined_revision)
  await tellPresent(code, presences, { events: [again], to }, runtime)
}

/**
 * Tells the room who left, and forgets them. Where nobody is there any more, it notes since when.
 * @param until when the last of them was heard of
 */
export const tellLeaves = async (
  code: string,
  departed: readonly Presence[],
  until: number,
  runtime: Runtime,
): Promise<void> => {
  if (departed.length === 0) return
  const presences = await presencesIn(code)
  const now = runtime.clock()
  const isEmpty = !presences.some((presence) => isPresent(presence, now))
  // The mark is no earlier than any socket that is opening just now: once its person watches, the mark is void (see
  // `emptySince`).
  const coming = presences.flatMap((presence) => openConnections(presence, now)).map(({ since }) => since)
  await allOf([
    ...departed.map((presence) => tellLeft(code, presences, presence, runtime)),
    ...(isEmpty ? [noteEmpty(code, Math.max(until, ...coming))] : []),
  ])
  // The rows go last: if this function ends before, a look finds them.
  await allOf(departed.map(({ user_id: userId, present_since }) => forgetLeft({ code, userId }, present_since)))
}

/**
 * The same for people whose leave nobody tells any more, because the function that removed their last socket ended. Several
 * may find that at once: the one tells it that claims it. Where that one ends as well, a later look finds it.
 */
export const tellLostLeaves = async (code: string, lost: readonly Presence[], runtime: Runtime): Promise<void> => {
  const now = runtime.clock()
  const claims = await allOf(
    lost.map((presence) => claimLostLeave(code, presence, { now, claimer: runtime.ids.token() })),
  )
  const claimed = lost.filter((_, index) => claims[index])
  await tellLeaves(code, claimed, Math.max(...claimed.map(({ left_at }) => left_at)), runtime)
}

/**
 * Whether the removal of this socket is the leave of its person. Where it was never live, it is if they had left before
 * and nobody has told it.
 */
const isLeave = ({ connection, presence, leftBefore }: RemovedSocket, now: number): boolean =>
  !isPresent(presence, now) &&
  (connection.state === 'live' ? isThoughtThere(presence) : isLeaveLost({ ...presence, left_at: leftBefore }, now))

type Ended = Pick<RemovedSocket, 'connection' | 'presence'>

/** The end of sockets is known because it was told just now, or because somebody found that they are over. */
type How = 'closed' | 'found'

/** Those of the sockets that are still recorded. */
const recordedOf = async (code: string, sockets: readonly SocketIds[]): Promise<Ended[]> => {
  const ids = new Set(sockets.map(({ connectionId }) => connectionId))
  const rows = await allOf([...new Set(sockets.map(({ userId }) => userId))].map((userId) => presenceOf(code, userId)))
  return rows
    .filter((row) => row !== undefined)
    .flatMap((presence) =>
      presence.connections.filter(({ id }) => ids.has(id)).map((connection) => ({ connection, presence })),
    )
}

/** Calls `note` for each person, with how many of the sockets were theirs and when they were there last by them. */
const noteEach = (
  ended: readonly Ended[],
  lastAt: (one: Ended) => number,
  note: (userId: string, theirs: { at: number; count: number }) => Promise<void>,
) =>
  allOf(
    [...Map.groupBy(ended, ({ presence }) => presence.user_id)].map(([userId, theirs]) =>
      note(userId, { at: Math.max(...theirs.map(lastAt)), count: theirs.length }),
    ),
  )

/**
 * Removes sockets that are over and tells who left. A close counts once, however often and late it is reported.
 * @param how `closed`: the client or the gateway has just closed them. `found`: somebody found them over, and they were
 * last heard of at their last sign of life.
 */
export const depart = async (
  code: string,
  sockets: readonly SocketIds[],
  how: How,
  runtime: Runtime,
): Promise<void> => {
  const now = runtime.clock()
  const lastAt = ({ connection }: Ended) => lastThere(connection, now)
  const noteLast = (ended: readonly Ended[]) => noteEach(ended, lastAt, (userId, { at }) => noteLeft(code, userId, at))
  // A close that is told of a socket that was removed before says nothing of where its person is.
  const recorded = how === 'closed' ? await recordedOf(code, sockets) : []
  const [results] = await allOf([
    allOf(sockets.map((socket) => removeSocket({ code, ...socket }, { now, remover: runtime.ids.token() }))),
    // Beside the removal and not after it: this function may end in between, and a host whose socket is gone would be
    // away at once.
    noteLast(recorded),
  ])
  const removed = results.filter((result): result is RemovedSocket => result !== undefined)
  if (removed.length === 0) return
  if (how === 'found') count('SocketsLost', removed.length)
  const leaving = removed.filter((one) => isLeave(one, now))
  // Whoever loses several sockets at once leaves once.
  const departed = [...new Map(leaving.map(({ presence }) => [presence.user_id, presence])).values()]
  const watched = removed
    .filter(({ connection }) => connection.state === 'live')
    .map((one) => (how === 'found' ? lastHeardOf(one.connection, now) : lastAt(one)))
  const lost = leaving.filter(({ connection }) => connection.state !== 'live').map(({ leftBefore }) => leftBefore)
  await allOf([
    tellLeaves(code, departed, Math.max(...watched, ...lost), runtime),
    how === 'found' ? noteLast(removed) : undefined,
    noteEach(removed, lastAt, (userId, theirs) => noteEnded(code, userId, theirs)),
  ])
}

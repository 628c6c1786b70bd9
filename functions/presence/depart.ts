import { isLeaveUntold, isPresent, isThoughtThere, lastHeardOf, lastThere, type SocketIds } from '../domain/presence.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { count } from '../metrics/tally.ts'
import { allOf } from '../table/all-of.ts'
import { noteEnded, noteLeft } from '../table/members.ts'
import { presenceOf } from '../table/presences.ts'
import { type RemovedSocket, removeSocket } from '../table/sockets.ts'
import { tellLeaves } from './tell-leaves.ts'

/**
 * Whether the removal of this socket is the leave of its person. Where it was never live, it is if they had left before
 * and nobody tells it.
 */
const isLeave = ({ connection, presence }: RemovedSocket, now: number): boolean =>
  connection.state === 'live' ? !isPresent(presence, now) && isThoughtThere(presence) : isLeaveUntold(presence, now)

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
  const before = leaving.filter(({ connection }) => connection.state !== 'live').map(({ presence }) => presence.left_at)
  await allOf([
    tellLeaves(code, departed, { until: Math.max(...watched, ...before) }, runtime),
    how === 'found' ? noteLast(removed) : undefined,
    noteEach(removed, lastAt, (userId, theirs) => noteEnded(code, userId, theirs)),
  ])
}

import { isLeaveUntold, isPresent, isThoughtThere, lastHeardOf, lastThere, type SocketIds } from '../domain/presence.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { count } from '../metrics/tally.ts'
import { allOf } from '../table/all-of.ts'
import { noteEnded, noteLeft } from '../table/members.ts'
import { type RemovedSocket, removeSocket } from '../table/sockets.ts'
import { tellLeaves } from './tell-leaves.ts'

/**
 * Whether the removal of this socket is the leave of its person. Where it was never live, it is if they had left before
 * and nobody tells it.
 */
const isLeave = ({ connection, presence }: RemovedSocket, now: number): boolean =>
  connection.state === 'live' ? !isPresent(presence, now) && isThoughtThere(presence) : isLeaveUntold(presence, now)

/** The end of sockets is known because it was told just now, or because somebody found that they are over. */
type How = 'closed' | 'found'

/** Notes when people were there last, and how many of their sockets ended: of those that were still recorded. */
const noteEach = (code: string, removed: readonly RemovedSocket[], now: number) =>
  allOf(
    [...Map.groupBy(removed, ({ presence }) => presence.user_id)].flatMap(([userId, theirs]) => {
      const at = Math.max(...theirs.map(({ connection }) => lastThere(connection, now)))
      return [noteLeft(code, userId, at), noteEnded(code, userId, { at, count: theirs.length })]
    }),
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
  const results = await allOf(
    sockets.map((socket) => removeSocket({ code, ...socket }, { now, remover: runtime.ids.token() })),
  )
  const removed = results.filter((result): result is RemovedSocket => result !== undefined)
  if (removed.length === 0) return
  if (how === 'found') count('SocketsLost', removed.length)
  const leaving = removed.filter((one) => isLeave(one, now))
  // Whoever loses several sockets at once leaves once.
  const departed = [...new Map(leaving.map(({ presence }) => [presence.user_id, presence])).values()]
  const watched = removed
    .filter(({ connection }) => connection.state === 'live')
    .map(({ connection }) => (how === 'found' ? lastHeardOf : lastThere)(connection, now))
  const before = leaving.filter(({ connection }) => connection.state !== 'live').map(({ presence }) => presence.left_at)
  const until = Math.max(...watched, ...before)
  await allOf([
    tellLeaves(code, departed, { until, closedAt: until === now ? now : undefined }, runtime),
    noteEach(code, removed, now),
  ])
}

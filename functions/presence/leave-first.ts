import { endedConnections, isLeaveUntold, type Presence, socketIdsIn } from '../domain/presence.ts'
import { close } from '../fanout/post.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { allOf } from '../table/all-of.ts'
import type { SocketKey } from '../table/sockets.ts'
import { depart } from './depart.ts'
import { tellUntoldLeaves } from './tell-leaves.ts'

/**
 * Tells that somebody left who is coming back, where nobody has told it: their sockets are over and still recorded, or
 * whoever removed the last one has not come to it. Call it before the new socket is live: from then on they are there, and
 * nobody would tell it. Call it after `roomForNewcomer`: where nobody else is there, it notes that the room is empty.
 * Answers whether it may have done so.
 */
export const leaveFirst = async (
  { code, userId, connectionId }: SocketKey,
  presences: readonly Presence[],
  runtime: Runtime,
): Promise<boolean> => {
  const now = runtime.clock()
  const before = presences.filter(({ user_id }) => user_id === userId)
  const ended = socketIdsIn(before, (one) => endedConnections(one, now))
  const over = ended.filter((one) => one.connectionId !== connectionId)
  const untold = before.filter((one) => isLeaveUntold(one, now))
  await allOf([depart(code, over, 'found', runtime), tellUntoldLeaves(code, untold, runtime)])
  // One that only fell silent may still be open.
  await allOf(over.map((one) => close(one.connectionId)))
  return over.length + untold.length > 0
}

import { longestSilent, openConnections, type Presence } from '../domain/presence.ts'
import { CERTAIN_AFTER_MS } from '../domain/times.ts'
import { isClosedAtGateway } from '../fanout/post.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { allOf } from '../table/all-of.ts'
import { recordSocket } from '../table/sockets.ts'
import { depart } from './depart.ts'
import type { Arrival } from './greet.ts'

/**
 * Makes place for one more socket of a person of whom as many as are allowed are not over. A socket goes that the gateway
 * knows to be closed, or else the one that has been silent for the longest. Answers false where all of them live.
 */
const makePlace = async ({ code, userId }: Arrival, presence: Presence, runtime: Runtime): Promise<boolean> => {
  const now = runtime.clock()
  const open = { ...presence, connections: openConnections(presence, now) }
  // A failing network can leave that many dead sockets behind within minutes.
  const suspects = open.connections.filter(({ since }) => now - since > CERTAIN_AFTER_MS)
  const closed = await allOf(suspects.map(({ id }) => isClosedAtGateway(id)))
  const [gone] = suspects.filter((_, index) => closed[index])
  if (gone !== undefined) {
    // One is enough: while the others are recorded, the person has not left.
    await depart(code, [{ userId, connectionId: gone.id }], 'found', runtime)
    return true
  }
  const silent = longestSilent(open, now)
  if (silent === undefined) return false
  const replaced = { userId, connectionId: silent.id }
  await depart(code, [replaced], 'closed', runtime)
  // It may hang, and the handshake does not wait for its goodbye.
  await runtime.startRepair({ room: code, events: [], behind: [], suspects: [], replaced })
  return true
}

/** Records a socket that is about to open; false when the person has as many as are allowed, and all of them live. */
export const recordArrival = async (arrival: Arrival, runtime: Runtime): Promise<boolean> => {
  const presence = await recordSocket(arrival, arrival.name, runtime.clock())
  if (presence === undefined) return true
  if (!(await makePlace(arrival, presence, runtime))) return false
  return (await recordSocket(arrival, arrival.name, runtime.clock())) === undefined
}

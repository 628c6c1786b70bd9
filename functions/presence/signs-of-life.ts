import { type Connection, isNoteDue } from '../domain/presence.ts'
import { LOOKED_EVERY_MS } from '../domain/times.ts'
import type { Runtime } from '../fanout/runtime.ts'
import type { RoomRevisions } from '../table/access.ts'
import { allOf } from '../table/all-of.ts'
import { claimLook } from '../table/revisions.ts'
import { noteSeen, type SocketKey } from '../table/sockets.ts'

/**
 * Notes that a socket lives: at its first PING and then every two minutes. A PING also starts the look for sockets that
 * are over, once a minute and room.
 */
export const noteSignOfLife = async (
  key: SocketKey,
  { socket, revisions }: { socket: Connection; revisions: Pick<RoomRevisions, 'people'> },
  runtime: Runtime,
): Promise<void> => {
  const now = runtime.clock()
  const lookIfDue = async (): Promise<void> => {
    const isDue = now - revisions.people.looked_at >= LOOKED_EVERY_MS
    if (!isDue || !(await claimLook(key.code, now, LOOKED_EVERY_MS))) return
    await runtime.startRepair({ room: key.code, events: [], behind: [], suspects: [], isLook: true })
  }
  await allOf([isNoteDue(socket, now) ? noteSeen(key, now) : undefined, lookIfDue()])
}

import { joinRequested, joinResolved, type Member, type Resolution } from '../domain/membership.ts'
import { whoMay } from '../domain/rights.ts'
import type { Room } from '../domain/room.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellRoom } from '../fanout/tell-room.ts'
import { raiseRevision } from '../table/revisions.ts'

/** Tells those who may let people in that somebody waits (`PENDING`), or how their wish ended. */
export const tellWaiting = async (
  room: Room,
  person: Pick<Member, 'name' | 'user_id'>,
  status: 'PENDING' | Resolution,
  runtime: Runtime,
): Promise<void> => {
  const revision = await raiseRevision(room.code, 'waiting')
  const event = status === 'PENDING' ? joinRequested(person, revision) : joinResolved(person, status, revision)
  await tellRoom(room.code, { events: [event], to: { only: whoMay('moderate', room) } }, runtime)
}

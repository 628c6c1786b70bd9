import { type Room, roomUpdated } from '../domain/room.ts'
import { allOf } from '../table/all-of.ts'
import { presencesIn } from '../table/presences.ts'
import { toldSoFar } from '../table/revisions.ts'
import { roomByCode } from '../table/rooms.ts'
import type { Runtime } from './runtime.ts'
import { tellChange } from './tell-change.ts'

/** Tells everybody the facts of a room, which were changed and saved. */
export const tellFacts = async (room: Room, runtime: Runtime): Promise<void> =>
  tellChange(room, [roomUpdated(room, runtime.clock())], await presencesIn(room.code), runtime)

/** The same where not all were told of the latest change: the function that saved it may have ended before. */
export const tellUntoldFacts = async (code: string, runtime: Runtime): Promise<void> => {
  const [told, room] = await allOf([toldSoFar(code), roomByCode(code)])
  if (room === undefined || room.deleted_at !== null || room.facts_revision === told.facts) return
  await tellFacts(room, runtime)
}

import { type Room, roomUpdated } from '../domain/room.ts'
import { presencesIn } from '../table/presences.ts'
import type { Runtime } from './runtime.ts'
import { tellChange } from './tell-change.ts'

/** Tells everybody the facts of a room, which were changed and saved. */
export const tellFacts = async (room: Room, runtime: Runtime): Promise<void> =>
  tellChange(room, [roomUpdated(room, runtime.clock())], await presencesIn(room.code), runtime)

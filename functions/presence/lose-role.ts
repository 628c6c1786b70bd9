import { roomUpdated } from '../domain/room.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellChange } from '../fanout/tell-change.ts'
import { presencesIn } from '../table/presences.ts'
import { forgetRole } from '../table/roles.ts'

/** Whoever is no member any more is no co-host either, and is offered nothing. Told where that changed the room. */
export const loseRole = async (code: string, userId: string, runtime: Runtime): Promise<void> => {
  const room = await forgetRole(code, userId)
  if (room !== undefined) await tellChange(room, [roomUpdated(room, runtime.clock())], await presencesIn(code), runtime)
}

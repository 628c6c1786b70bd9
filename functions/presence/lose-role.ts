import { whyRemoved } from '../domain/removal.ts'
import { leftBarred } from '../domain/rights.ts'
import { type Room, roomUpdated } from '../domain/room.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellChange } from '../fanout/tell-change.ts'
import { memberOf } from '../table/members.ts'
import { presencesIn } from '../table/presences.ts'
import { forgetRole, unbarLeft } from '../table/roles.ts'
import { sendAway } from './send-away.ts'

/** Whoever is no member any more is no co-host either, and is offered nothing. Told where that changed the room. */
export const loseRole = async (code: string, userId: string, runtime: Runtime): Promise<void> => {
  const room = await forgetRole(code, userId)
  if (room !== undefined) await tellChange(room, [roomUpdated(room, runtime.clock())], await presencesIn(code), runtime)
}

/**
 * Ends what functions left that ended while they removed somebody. Who is a member all the same has their rights again. Who
 * is none has no socket and no role first: that function may not have come to it.
 */
export const endLeftBars = async (room: Room, runtime: Runtime): Promise<void> => {
  for (const userId of leftBarred(room, runtime.clock())) {
    const why = whyRemoved(room, await memberOf(room.code, userId), userId)
    if (why !== undefined) {
      await sendAway(room.code, userId, why, runtime)
      await loseRole(room.code, userId, runtime)
    }
    await unbarLeft(room, userId)
  }
}

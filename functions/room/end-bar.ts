import { isShutOut } from '../domain/membership.ts'
import { memberOf } from '../table/members.ts'
import { bar, unbar } from '../table/roles.ts'
import { roomByCode } from '../table/rooms.ts'

/** Others may be barred at any moment. */
const TRIES = 3

/**
 * Gives back what `bar` took, once the person is removed, or is a member again. Where everybody commands, now or later, a
 * socket commands that is opening just now, or that the gateway did not close. So whoever is shut out stays barred until
 * they come back, or a look finds them: also where another call, of before, has given it back.
 */
export const endBar = async (code: string, userId: string, now: number): Promise<void> => {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const room = await roomByCode(code)
    const isBarred = room?.barred.includes(userId) === true
    if (isShutOut(await memberOf(code, userId), now)) {
      if (!isBarred) await bar(code, userId, now)
      return
    }
    if (!isBarred || (await unbar(code, userId, room.control === 'EVERYONE' ? room.barred_at : undefined))) return
  }
}

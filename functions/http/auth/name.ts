import { Refusal } from '../../../protocol/refusals.ts'
import { signToken } from '../../auth/tokens.ts'
import { secondsToWait } from '../../domain/durations.ts'
import { serve } from '../../middleware/route.ts'
import { renameIn } from '../../room/rename-member.ts'
import { allOfAtMost } from '../../table/all-of.ts'
import { roomsOfUser, setDisplayName } from '../../table/users.ts'
import { signedIn } from './signed-in.ts'

/** Rooms in which the name changes at once. 200 rooms, each with a socket that takes no post, are done within 29 s. */
const ROOMS_AT_ONCE = 20

const tooFast = (milliseconds: number): Refusal =>
  new Refusal('too_fast', {
    message: 'You changed your name just now. Wait a moment.',
    retryAfter: secondsToWait(milliseconds),
  })

export const name = serve('auth/name', {
  act: async ({ input, user, caller, now }, _loaded, services) => {
    const renamed = { ...user, display_name: input.display_name }
    const tooSoonBy = await setDisplayName(user, renamed.display_name, now)
    if (tooSoonBy !== undefined) throw tooFast(tooSoonBy)
    // Read after the name is saved: whoever joins from here on does so under the new one.
    const rooms = await roomsOfUser(user.id)
    await allOfAtMost(ROOMS_AT_ONCE, rooms, ({ code }) => renameIn(code, renamed, services))
    const issue = { tokenId: services.ids.token(), now, signedInAt: caller.signed_in_at }
    return signedIn(renamed, await signToken(renamed, issue, services.settings))
  },
})

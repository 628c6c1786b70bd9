import { Refusal } from '../../../protocol/refusals.ts'
import { signToken } from '../../auth/tokens.ts'
import { assertNotServiceBanned, newPerson } from '../../domain/session.ts'
import { serve } from '../../middleware/route.ts'
import { putGuest } from '../../table/users.ts'
import { doorTo } from '../door.ts'
import { signedIn } from './signed-in.ts'

export const guest = serve('auth/guest', {
  load: (call, { settings }) => doorTo(call, settings),
  act: async ({ input, now }, door, { ids, settings }) => {
    assertNotServiceBanned(door)
    if (!door.are_guests_admitted) throw new Refusal('guests_closed')
    const user = { ...newPerson(ids.user(), input.display_name, now), network_trace: door.network }
    await putGuest(user, now)
    return signedIn(user, await signToken(user, { tokenId: ids.token(), now }, settings))
  },
})

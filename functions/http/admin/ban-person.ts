import { Refusal } from '../../../protocol/refusals.ts'
import { serve } from '../../middleware/route.ts'
import { sendAway } from '../../presence/send-away.ts'
import { allOfAtMost } from '../../table/all-of.ts'
import { banUser } from '../../table/people.ts'
import { roomsOfUser } from '../../table/users.ts'
import { personAt, whomOf } from './person-at.ts'

/** Closing the sockets of one room takes a moment in which they hear why. */
const ROOMS_AT_ONCE = 20

export const banPerson = serve('admin/ban-person', {
  act: async ({ input, now, audited }, _loaded, services) => {
    const user = await personAt(input.user_id, now)
    if (user.is_admin) throw new Refusal('still_admin')
    await audited({ what: 'ban_person', whom: whomOf(user) }, async () => {
      if (!(await banUser(user, now))) throw new Refusal('still_admin')
      // Read after the ban is saved: no token of theirs joins a room from here on.
      const rooms = await roomsOfUser(user.id)
      await allOfAtMost(ROOMS_AT_ONCE, rooms, ({ code }) => sendAway(code, user.id, 'signed_out', services))
    })
    return { ok: true as const }
  },
})

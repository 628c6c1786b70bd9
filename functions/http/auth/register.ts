import { Refusal } from '../../../protocol/refusals.ts'
import { hashPassword } from '../../auth/passwords.ts'
import { signToken } from '../../auth/tokens.ts'
import { assertNotServiceBanned, newPerson } from '../../domain/session.ts'
import { serve } from '../../middleware/route.ts'
import { allOf } from '../../table/all-of.ts'
import { noteAccount } from '../../table/members.ts'
import { putAccount, roomsOfUser, upgradeGuest, userById } from '../../table/users.ts'
import { doorTo } from '../door.ts'
import { signedIn } from './signed-in.ts'

export const register = serve('auth/register', {
  load: (call, { settings }) => doorTo(call, settings),
  act: async ({ input, user, now }, door, { ids, settings }) => {
    assertNotServiceBanned(door, user)
    if (!door.is_registration_open) throw new Refusal('registration_closed')
    if (user !== undefined && !user.is_guest) throw new Refusal('already_registered')
    const account = {
      ...(user ?? newPerson(ids.user(), input.display_name, now)),
      display_name: input.display_name,
      is_guest: false,
      email: input.email,
      password_hash: await hashPassword(input.password),
      signed_in_at: now,
      network_trace: door.network,
    }
    if (!(await (user === undefined ? putAccount(account) : upgradeGuest(account)))) {
      // Two registrations of one guest at once: the other one made the account.
      const isAccount = user !== undefined && (await userById(user.id, now))?.is_guest === false
      throw new Refusal(isAccount ? 'already_registered' : 'email_taken')
    }
    if (user !== undefined) {
      const rooms = await roomsOfUser(user.id)
      await allOf(rooms.map(({ code }) => noteAccount(code, user.id)))
    }
    return signedIn(account, await signToken(account, { tokenId: ids.token(), now }, settings))
  },
})

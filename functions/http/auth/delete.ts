import { closeRoom } from '../../fanout/departures.ts'
import { serve } from '../../middleware/route.ts'
import { endRoom } from '../../table/rooms.ts'
import { roomAndMember } from '../../table/standing.ts'
import { deleteUser, roomsOfUser } from '../../table/users.ts'
import { removeMember } from '../rooms/remove-member.ts'

export const deleteAccount = serve('auth/delete', {
  load: ({ caller }) => roomsOfUser(caller.user_id),
  act: async ({ user, now }, rooms, { clock }) => {
    // Rooms first: should this be cut short, the token still holds and the call can be repeated.
    for (const { code } of rooms) {
      const { room, member } = await roomAndMember(code, user.id)
      if (room?.host_id === user.id) {
        if ((await endRoom(code, user.id, now)) === 'ended') await closeRoom(code)
      } else if (room !== undefined && (member?.status === 'APPROVED' || member?.status === 'PENDING')) {
        await removeMember(room, member, 'LEFT', clock)
      }
    }
    await deleteUser(user)
    return { success: true as const }
  },
})

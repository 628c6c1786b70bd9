import { Refusal } from '../../../protocol/refusals.ts'
import { may } from '../../domain/rights.ts'
import { serve } from '../../middleware/route.ts'
import { closeSocketsIn } from '../../presence/send-away.ts'
import { mayTakeBack } from '../../room/may-take-back.ts'
import { endRoom } from '../../table/endings.ts'
import { memberOf } from '../../table/members.ts'
import { loadRoom, roomWhere } from '../permitted.ts'

export const deleteRoom = serve('rooms/delete', {
  load: loadRoom,
  act: async ({ user, now, audited }, loaded, services) => {
    const { room } = loaded
    // The host asks again: the function that ended the room may not have closed every socket.
    const isEnded = room !== undefined && room.deleted_at !== null && may('own', room, user.id)
    const own = isEnded ? room : roomWhere('own', user.id, loaded, now)
    const owner = own.stands_in_for
    if (owner !== null && (await mayTakeBack(own, await memberOf(own.code, owner), now, services.settings)))
      throw new Refusal('host_may_return')
    await audited({ room: own, what: 'delete_room' }, async () => {
      if (!isEnded && (await endRoom(own.code, user.id, now)) === 'not theirs') throw new Refusal('not_host')
      // Members, names and messages go in the background: see background/sweep.
      await closeSocketsIn(own.code, services)
    })
    return { status: 'room_deleted' as const }
  },
})

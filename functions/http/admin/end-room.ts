import { Refusal } from '../../../protocol/refusals.ts'
import { serve } from '../../middleware/route.ts'
import { closeSocketsIn } from '../../presence/send-away.ts'
import { endAnyRoom } from '../../table/endings.ts'
import { roomByCode } from '../../table/rooms.ts'
import { codeOf } from '../room-id.ts'

export const endRoom = serve('admin/end-room', {
  load: ({ input }) => roomByCode(codeOf(input.room_id)),
  act: async ({ now, audited }, room, services) => {
    if (room === undefined) throw new Refusal('room_not_found')
    const end = async () => {
      await endAnyRoom(room.code, now)
      await closeSocketsIn(room.code, services)
    }
    // Asked again: the function that ended the room may not have closed every socket.
    await (room.deleted_at === null ? audited({ room, what: 'delete_room' }, end) : end())
    return { ok: true as const }
  },
})

import { Refusal } from '../../../protocol/refusals.ts'
import { remains } from '../../domain/chat.ts'
import { livingRoom } from '../../domain/room.ts'
import { serve } from '../../middleware/route.ts'
import { removeAndTell } from '../../room/remove-message.ts'
import { allOf } from '../../table/all-of.ts'
import { messageById } from '../../table/messages.ts'
import { roomByCode } from '../../table/rooms.ts'
import { codeOf } from '../room-id.ts'

export const removeMessage = serve('admin/remove-message', {
  load: ({ input }) => {
    const code = codeOf(input.room_id)
    return allOf([roomByCode(code), messageById(code, input.message_id)])
  },
  act: async ({ user, now, audited }, [found, message], services) => {
    const room = livingRoom(found, now)
    if (message === undefined || !remains(message.id, room)) throw new Refusal('message_not_found')
    const removal = { id: services.ids.message(now), message_id: message.id, user_id: user.id, saved_at: now }
    const whom = { user_id: message.user_id, name: message.user }
    await audited({ room, what: 'remove_message', whom }, () =>
      removeAndTell(room.code, message, removal, services, services.settings.MESSAGE_DAYS),
    )
    return { ok: true as const }
  },
})

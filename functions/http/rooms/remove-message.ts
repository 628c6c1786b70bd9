import { Refusal } from '../../../protocol/refusals.ts'
import { remains } from '../../domain/chat.ts'
import { assertMay } from '../../domain/rights.ts'
import { serve } from '../../middleware/route.ts'
import { assertPace } from '../../room/assert-pace.ts'
import { removeAndTell } from '../../room/remove-message.ts'
import { roomAndMember } from '../../table/access.ts'
import { allOf } from '../../table/all-of.ts'
import { messageById } from '../../table/messages.ts'
import { roomOfMember } from '../permitted.ts'
import { codeOf } from '../room-id.ts'

export const removeMessage = serve('rooms/remove-message', {
  load: async ({ input, caller }) => {
    const code = codeOf(input.room_id)
    const [access, message] = await allOf([roomAndMember(code, caller.user_id), messageById(code, input.message_id)])
    return { ...access, message }
  },
  act: async ({ user, now, audited }, { message, ...loaded }, services) => {
    const room = roomOfMember(user.id, loaded, now)
    const isTheirs = message?.user_id === user.id
    if (!isTheirs) assertMay('moderate', room, user.id)
    if (message === undefined || !remains(message.id, room)) throw new Refusal('message_not_found')
    const removal = { id: services.ids.message(now), message_id: message.id, user_id: user.id, saved_at: now }
    const act = () => removeAndTell(room.code, message, removal, services, services.settings.MESSAGE_DAYS)
    // What somebody does with their own words is no decision about others.
    if (isTheirs) {
      await assertPace(room.code, user.id, services)
      await act()
    } else {
      const whom = { user_id: message.user_id, name: message.user }
      await audited({ room, what: 'remove_message', whom }, act)
    }
    return { ok: true as const }
  },
})

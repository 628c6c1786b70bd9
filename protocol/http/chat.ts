import { MessageId } from '../ids.ts'
import { byRoom, done } from './fields.ts'
import { route } from './route.ts'

/** What is taken out of a room's chat. */
export const chatRoutes = {
  'rooms/remove-message': route('rooms/remove-message', {
    summary: 'Take a message out of the chat: its writer, or who moderates.',
    auth: 'required',
    request: byRoom.extend({ message_id: MessageId }),
    answer: done,
    refusals: ['not_host', 'not_a_member', 'room_not_found', 'message_not_found', 'too_fast'],
  }),
  'rooms/clear-chat': route('rooms/clear-chat', {
    summary: 'Take everything out of the chat that was said until now.',
    auth: 'required',
    request: byRoom.extend({
      until: MessageId.optional().describe('the newest message that the caller has seen; left out, up to now'),
    }),
    answer: done,
    refusals: ['not_host', 'room_not_found', 'too_fast'],
  }),
} as const

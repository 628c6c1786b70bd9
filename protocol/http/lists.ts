import * as z from 'zod'
import { Id, MessageId } from '../ids.ts'
import { Member } from '../member.ts'
import { RoomDetail } from '../room.ts'
import { ShownMessage } from '../server-events.ts'
import { cursor, next, roomCode } from './fields.ts'
import { route } from './route.ts'

/** What comes in pages. */
export const listRoutes = {
  'rooms/participants': route('rooms/participants', {
    summary: 'The members: all of them for the host, the approved for the others.',
    auth: 'required',
    request: z.object({ room_id: roomCode, cursor }),
    answer: z.object({ participants: z.array(Member), next }),
    refusals: ['room_not_found', 'not_a_member'],
  }),
  'rooms/messages': route('rooms/messages', {
    summary: 'Chat, oldest first: the newest page, the page before a message, or the page after one.',
    auth: 'required',
    request: z
      .object({ room_id: roomCode, before: MessageId.optional(), after: MessageId.optional() })
      .refine((page) => page.before === undefined || page.after === undefined, {
        path: ['after'],
        message: 'does not go with before: send one of them',
      }),
    /** `next`: the id to send as `before` (or `after`, when that was sent) for the page that follows; null at the end. */
    answer: z.object({
      messages: z.array(ShownMessage),
      next,
      /** With `after`: the ids of messages that were removed since then, up to the end of this page. Of older ones too. */
      removed: z.array(Id).optional(),
    }),
    refusals: ['room_not_found', 'not_a_member'],
  }),
  'rooms/mine': route('rooms/mine', {
    summary: 'Rooms that the caller hosts or has joined, newest first.',
    auth: 'required',
    request: z.object({ cursor }),
    answer: z.object({
      rooms: z.array(
        RoomDetail.pick({
          room_id: true,
          code: true,
          name: true,
          is_private: true,
          entry_mode: true,
          host: true,
          is_host: true,
          created_at: true,
        }).extend({ joined_at: z.number() }),
      ),
      next,
    }),
    refusals: [],
  }),
  'rooms/public': route('rooms/public', {
    summary: 'Listed rooms with somebody inside, most people first.',
    auth: 'none',
    request: z.object({ cursor }),
    answer: z.object({
      rooms: z.array(RoomDetail.pick({ code: true, name: true, host: true, viewers: true, created_at: true })),
      next,
    }),
    refusals: [],
  }),
} as const

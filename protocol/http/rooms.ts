import * as z from 'zod'
import { LearnedMedia, Media } from '../media.ts'
import { Control, EntryMode, Heirs, RoomDetail, SlowModeSeconds } from '../room.ts'
import { DisplayName } from '../text.ts'
import { byRoom, roomCode } from './fields.ts'
import {
  entryIsWhole,
  entryRule,
  listedIsPublic,
  listedRule,
  RoomPassword,
  start,
  startHasMedia,
  startRule,
} from './room-rules.ts'
import { route } from './route.ts'

/** A room itself: made, changed, ended, shown. */
export const roomRoutes = {
  'rooms/create': route('rooms/create', {
    summary: 'Make a room and host it.',
    auth: 'required',
    request: z
      .object({
        is_private: z.boolean(),
        entry_mode: EntryMode.nullable().optional(),
        is_listed: z.boolean().optional(),
        name: DisplayName.nullable().optional(),
        is_chat_enabled: z.boolean().optional(),
        media: Media.nullable().optional(),
        start,
        password: RoomPassword.optional(),
      })
      .refine(entryIsWhole, entryRule)
      .refine(listedIsPublic, listedRule)
      .refine(startHasMedia, startRule)
      .refine((room) => room.password === undefined || room.entry_mode === 'PASSWORD', {
        path: ['password'],
        message: 'goes with entry_mode "PASSWORD": send both',
      }),
    answer: z.object({
      room_id: z.string(),
      code: z.string(),
      is_private: z.boolean(),
      entry_mode: EntryMode.nullable(),
      /** Only for PASSWORD, and only here: the server keeps a hash. */
      room_password: z.string().optional(),
    }),
    status: 201,
    refusals: ['conflict', 'guests_cannot_host', 'service_banned'],
  }),
  'rooms/settings': route('rooms/settings', {
    summary: 'Change the name, chat, video, entry or password of a room, or let nobody new in.',
    auth: 'required',
    request: z
      .object({
        room_id: roomCode,
        name: DisplayName.nullable().optional(),
        is_chat_enabled: z.boolean().optional(),
        is_private: z.boolean().optional(),
        entry_mode: EntryMode.nullable().optional(),
        is_listed: z.boolean().optional(),
        media: Media.nullable().optional(),
        start,
        guests_allowed: z.boolean().optional(),
        slow_mode_seconds: SlowModeSeconds.optional(),
        control: Control.optional(),
        heirs: Heirs.optional(),
        is_locked: z.boolean().optional(),
        new_password: z.literal(true).optional(),
        password: RoomPassword.optional(),
        learned: LearnedMedia.optional(),
      })
      .refine(({ room_id: _, learned, ...rest }) => learned === undefined || Object.keys(rest).length === 0, {
        path: ['learned'],
        message: 'goes alone: send other changes in a call of their own',
      })
      .refine((change) => change.password === undefined || change.new_password === undefined, {
        path: ['password'],
        message: 'does not go with new_password: send one of them',
      })
      .refine((change) => change.is_private !== undefined || change.entry_mode === undefined, {
        path: ['is_private'],
        message: 'goes with entry_mode: send both',
      })
      .refine((change) => change.is_private === undefined || entryIsWhole(change), entryRule)
      .refine(listedIsPublic, listedRule)
      .refine(startHasMedia, startRule),
    answer: RoomDetail.extend({
      /** Once, when PASSWORD was turned on or renewed. */
      room_password: z.string().optional(),
    }),
    refusals: ['not_host', 'room_not_found', 'conflict', 'too_fast'],
  }),
  'rooms/delete': route('rooms/delete', {
    summary: 'Delete a room for good.',
    auth: 'required',
    request: byRoom,
    answer: z.object({ status: z.literal('room_deleted') }),
    refusals: ['not_host', 'room_not_found', 'host_may_return'],
  }),
  'rooms/preview': route('rooms/preview', {
    summary: 'What an invite page shows; no membership needed.',
    auth: 'none',
    request: z.object({ code: roomCode }),
    answer: RoomDetail.pick({
      code: true,
      name: true,
      is_private: true,
      entry_mode: true,
      guests_allowed: true,
      is_locked: true,
      host: true,
      viewers: true,
    }),
    refusals: ['room_not_found'],
  }),
  'rooms/detail': route('rooms/detail', {
    summary: 'The whole room, for its members.',
    auth: 'required',
    request: z.object({ code: roomCode }),
    answer: RoomDetail,
    refusals: ['room_not_found', 'not_a_member', 'service_banned'],
  }),
} as const

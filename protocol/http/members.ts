import * as z from 'zod'
import { Id } from '../ids.ts'
import { MAX_BROWSER_CHARACTERS, MAX_ROOM_PASSWORD_UNITS } from '../limits.ts'
import { memberRoles } from '../roles.ts'
import { byMember, byRoom, done, muting, roomCode } from './fields.ts'
import { route } from './route.ts'

/** Why a member is not removed. */
const refusalsOfRemoving = [
  'not_host',
  'room_not_found',
  'member_not_found',
  'host_must_stay',
  'host_may_return',
  'conflict',
  'too_fast',
] as const

/** Who comes in, who goes, and what the host decides about them. */
export const memberRoutes = {
  'rooms/join': route('rooms/join', {
    summary: 'Become a member, or ask to.',
    auth: 'required',
    request: z.object({
      code: roomCode.min(1, 'must not be empty'),
      password: z.string().max(MAX_ROOM_PASSWORD_UNITS).nullable().optional(),
      /** Drawn at random by a client, and kept by its browser: see docs/protocol.md, R43. */
      browser: z.string().min(1, 'must not be empty').max(MAX_BROWSER_CHARACTERS).optional(),
    }),
    answer: z.object({
      room_id: z.string(),
      code: z.string(),
      status: z.enum(['APPROVED', 'PENDING']),
      is_host: z.boolean(),
      /** Why somebody waits whom the room's entry would let in. */
      reason: z.enum(['recent_ban']).optional(),
    }),
    refusals: [
      ...(['room_not_found', 'wrong_password', 'guests_not_allowed', 'room_locked'] as const),
      ...(['rejected', 'kicked', 'banned', 'service_banned', 'too_fast', 'conflict'] as const),
    ],
  }),
  'rooms/approve': route('rooms/approve', {
    summary: 'Let a waiting person in.',
    auth: 'required',
    request: byMember,
    answer: z.object({ approved: z.literal(true) }),
    refusals: ['not_host', 'room_not_found', 'not_pending', 'too_fast'],
  }),
  'rooms/reject': route('rooms/reject', {
    summary: 'Decline a waiting person for ten minutes.',
    auth: 'required',
    request: byMember,
    answer: z.object({ rejected: z.literal(true) }),
    refusals: ['not_host', 'room_not_found', 'not_pending', 'conflict', 'too_fast'],
  }),
  'rooms/reject-all': route('rooms/reject-all', {
    summary: 'Decline everybody who waits, for ten minutes.',
    auth: 'required',
    request: byRoom,
    /** How many were declined by this call. */
    answer: z.object({ rejected: z.number().int() }),
    refusals: ['not_host', 'room_not_found', 'too_fast'],
  }),
  'rooms/leave': route('rooms/leave', {
    summary: 'Give up membership.',
    auth: 'required',
    request: byRoom,
    answer: z.object({ left: z.literal(true) }),
    refusals: ['room_not_found', 'not_a_member', 'host_must_stay', 'conflict', 'too_fast'],
  }),
  'rooms/kick': route('rooms/kick', {
    summary: 'Remove a member for ten minutes.',
    auth: 'required',
    request: byMember,
    answer: done,
    refusals: refusalsOfRemoving,
  }),
  'rooms/ban': route('rooms/ban', {
    summary: 'Remove a person until unbanned.',
    auth: 'required',
    request: byMember,
    answer: done,
    refusals: refusalsOfRemoving,
  }),
  'rooms/unban': route('rooms/unban', {
    summary: 'Let a banned person join again, or take back a kick or a decline.',
    auth: 'required',
    request: byMember,
    answer: done,
    refusals: ['not_host', 'room_not_found', 'member_not_found', 'conflict', 'too_fast'],
  }),
  'rooms/mute': route('rooms/mute', {
    summary: "Refuse a member's messages for some seconds.",
    auth: 'required',
    request: muting,
    answer: done,
    refusals: ['not_host', 'room_not_found', 'member_not_found', 'host_may_return', 'too_fast'],
  }),
  'rooms/unmute': route('rooms/unmute', {
    summary: 'Let a muted member write again.',
    auth: 'required',
    request: byMember,
    answer: done,
    refusals: ['not_host', 'room_not_found', 'member_not_found', 'host_may_return', 'too_fast'],
  }),
  'rooms/role': route('rooms/role', {
    summary: 'Make a member a co-host, or a participant again.',
    auth: 'required',
    request: byMember.extend({ role: z.enum(memberRoles) }),
    answer: done,
    refusals: ['not_host', 'room_not_found', 'member_not_found', 'too_many_cohosts', 'conflict', 'too_fast'],
  }),
  'rooms/transfer': route('rooms/transfer', {
    summary: 'Offer the room to a member, or, naming oneself, to nobody any more.',
    auth: 'required',
    request: byMember,
    answer: done,
    refusals: ['not_host', 'room_not_found', 'member_not_found', 'too_fast'],
  }),
  'rooms/accept-transfer': route('rooms/accept-transfer', {
    summary: 'Take the room that its host offers, or decline it.',
    auth: 'required',
    request: byRoom.extend({ accept: z.boolean() }),
    answer: done,
    refusals: ['room_not_found', 'not_offered', 'not_a_member', 'conflict', 'too_fast'],
  }),
  'rooms/take-over': route('rooms/take-over', {
    summary: 'Host the room in the place of a host who is away.',
    auth: 'required',
    request: byRoom,
    answer: done,
    refusals: ['room_not_found', 'not_a_member', 'host_is_here', 'not_heir', 'conflict', 'too_fast'],
  }),
  'rooms/heir': route('rooms/heir', {
    summary: 'Who may take over at this moment, and who may take the room back.',
    auth: 'required',
    request: byRoom,
    answer: z.object({
      user_id: Id.nullable().describe('null while the host is here, or where nobody may'),
      returning: Id.nullable()
        .optional()
        .describe('whom `stands_in_for` names, if they can still come back: nobody removes or mutes them until then'),
    }),
    refusals: ['room_not_found', 'not_a_member'],
  }),
  'rooms/take-back': route('rooms/take-back', {
    summary: 'Host the room again after somebody took over.',
    auth: 'required',
    request: byRoom,
    answer: done,
    refusals: ['room_not_found', 'not_a_member', 'not_host', 'conflict', 'too_fast'],
  }),
  'rooms/ask-pause': route('rooms/ask-pause', {
    summary: 'Tell those who command that one would like a pause.',
    auth: 'required',
    request: byRoom,
    answer: done,
    refusals: ['room_not_found', 'not_a_member', 'muted', 'too_fast'],
  }),
} as const

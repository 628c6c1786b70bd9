import * as z from 'zod'
import { MessageId } from '../../ids.ts'
import { Media } from '../../media.ts'
import { Member } from '../../member.ts'
import { RoomDetail } from '../../room.ts'
import { ShownMessage } from '../../server-events.ts'
import { byMember, byRoom, cursor, done, muting, next, roomCode } from '../fields.ts'
import { route } from '../route.ts'
import { AdminDecision } from './audit.ts'
import { search } from './fields.ts'

/** `live`: somebody is connected. `idle`: nobody is. `ended`: deleted, or nobody came for too long. */
export const AdminRoomState = z.enum(['live', 'idle', 'ended'])
export type AdminRoomState = z.infer<typeof AdminRoomState>

/** A room as the lists of the administration show it. Times in epoch milliseconds. */
export const AdminRoom = z.object({
  code: z.string(),
  name: z.string().nullable(),
  host: z.string(),
  host_id: z.string(),
  state: AdminRoomState,
  is_private: z.boolean(),
  viewers: z.number().int().describe('people connected now'),
  is_playing: z.boolean(),
  media: Media.nullable(),
  created_at: z.number(),
  active_at: z.number().describe('when something last happened there, to ten minutes'),
  ended_at: z.number().nullable(),
})
export type AdminRoom = z.infer<typeof AdminRoom>

/** By what those who moderate are refused as well: nobody else mutes the host, or who may take the room back. */
const mutingRefusals = [
  ...(['not_admin', 'sign_in_again', 'not_host', 'room_not_found'] as const),
  ...(['member_not_found', 'host_may_return'] as const),
] as const

/** Somebody who is connected to a room, with their sockets. */
const Connected = z.object({
  user_id: z.string(),
  name: z.string(),
  sockets: z.array(
    z.object({
      since: z.number().describe('when it was opened'),
      seen: z.number().nullable().describe('the last sign of life; null of a client that gives none'),
    }),
  ),
})

/** What the administration reads of rooms, and does there. */
export const adminRoomRoutes = {
  'admin/rooms': route('admin/rooms', {
    summary: 'Rooms, by their activity or age; or by how many people are in them, among the 200 latest active.',
    auth: 'required',
    request: z.object({
      search: search.describe('a whole code, or the beginning of a name'),
      state: AdminRoomState.optional(),
      sort: z.enum(['activity', 'age', 'people']).optional().describe('activity where it is left out'),
      cursor,
    }),
    answer: z.object({ rooms: z.array(AdminRoom), next }),
    refusals: ['not_admin', 'sign_in_again'],
  }),
  'admin/room': route('admin/room', {
    summary: 'One room in full: settings, playback, people, who waits, the latest messages and decisions.',
    auth: 'required',
    request: z.object({ room_id: roomCode }),
    answer: z.object({
      room: RoomDetail.omit({ is_host: true }).extend({
        state: AdminRoomState,
        active_at: z.number(),
        idle_until: z.number().describe('when it ends unless somebody comes'),
        ended_at: z.number().nullable(),
      }),
      playback: z.object({
        is_playing: z.boolean(),
        time: z.number().describe('seconds, now'),
        version: z.number().int(),
      }),
      people: z.array(Connected).describe('at most 100, the latest that came first; `viewers` counts all of them'),
      waiting: z.array(Member).optional().describe('at most 100, who asked first in front'),
      waiting_count: z.number().int().optional().describe('all of them'),
      named: z
        .array(Member)
        .optional()
        .describe('those of `people`, and of who wrote `messages`, who are or were members'),
      members: z.array(Member).describe('the first page, in no order, with those who wait and those who were removed'),
      members_next: next.describe('the `cursor` of admin/members for the page that follows, null at the end'),
      messages: z.array(ShownMessage).describe('the latest, oldest first'),
      decisions: z.array(AdminDecision).describe('the latest, newest first'),
    }),
    refusals: ['not_admin', 'sign_in_again', 'room_not_found'],
  }),
  'admin/members': route('admin/members', {
    summary: 'The members of a room, with those who wait and those who were removed.',
    auth: 'required',
    request: z.object({ room_id: roomCode, cursor }),
    answer: z.object({ members: z.array(Member), next }),
    refusals: ['not_admin', 'sign_in_again', 'room_not_found'],
  }),
  'admin/end-room': route('admin/end-room', {
    summary: 'End a room for everybody.',
    auth: 'required',
    request: byRoom,
    answer: done,
    refusals: ['not_admin', 'sign_in_again', 'room_not_found'],
  }),
  'admin/remove-message': route('admin/remove-message', {
    summary: 'Remove a message from a room.',
    auth: 'required',
    request: byRoom.extend({ message_id: MessageId }),
    answer: done,
    refusals: ['not_admin', 'sign_in_again', 'room_not_found', 'message_not_found'],
  }),
  'admin/mute': route('admin/mute', {
    summary: "Refuse somebody's messages in a room for some seconds.",
    auth: 'required',
    request: muting,
    answer: done,
    refusals: mutingRefusals,
  }),
  'admin/unmute': route('admin/unmute', {
    summary: 'Let somebody who was muted write again.',
    auth: 'required',
    request: byMember,
    answer: done,
    refusals: mutingRefusals,
  }),
  'admin/remove-member': route('admin/remove-member', {
    summary: 'Remove somebody from a room for ten minutes. Not its host: their room can be ended, or they banned.',
    auth: 'required',
    request: byMember,
    answer: done,
    refusals: [
      ...(['not_admin', 'sign_in_again', 'room_not_found', 'member_not_found'] as const),
      ...(['host_must_stay', 'host_may_return', 'conflict'] as const),
    ],
  }),
} as const

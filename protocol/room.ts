import * as z from 'zod'
import { Id } from './ids.ts'
import { MAX_SLOW_MODE_SECONDS } from './limits.ts'
import { Media } from './media.ts'

/** Who may play, pause and seek: the hosts (host and co-hosts), or every member. */
export const Control = z.enum(['HOSTS', 'EVERYONE'])
export type Control = z.infer<typeof Control>

/** Who may take over while the host is away. */
export const Heirs = z.enum(['COHOSTS', 'MEMBERS'])
export type Heirs = z.infer<typeof Heirs>

export const EntryMode = z.enum(['PASSWORD', 'APPROVAL'])
export type EntryMode = z.infer<typeof EntryMode>

/** Seconds between two messages of one person; 0 is off. */
export const SlowModeSeconds = z
  .number()
  .int()
  .min(0, 'must be at least 0')
  .max(MAX_SLOW_MODE_SECONDS, `must be at most ${MAX_SLOW_MODE_SECONDS}`)

/**
 * A room's facts: what it is called, whom it admits and what it watches. HTTP and ROOM_UPDATED tell them alike.
 * `pickFacts` of `room-facts.ts` takes them out of anything that holds them.
 */
export const RoomFacts = z.object({
  name: z.string().nullable().describe('null where it has none'),
  is_private: z.boolean().describe('whether a password or the host lets people in'),
  is_listed: z
    .boolean()
    .optional()
    .describe('whether it stands among the public rooms, as no private room does; functions of 0.1.0 do not say it'),
  entry_mode: EntryMode.nullable().describe('how one enters a private room; null where it is public'),
  password_at: z
    .number()
    .nullable()
    .optional()
    .describe(
      'when the password became what it is, epoch milliseconds: whoever was told one before knows an old one; null where there is none, or the one that the room was made with',
    ),
  is_chat_enabled: z.boolean().describe('whether members may write'),
  guests_allowed: z.boolean().describe('whether people without an account may join'),
  is_locked: z
    .boolean()
    .optional()
    .describe('whether nobody new may come in at the moment; older functions do not say it'),
  host: z.string().describe("the host's name in this room"),
  host_id: Id.describe('who hosts it'),
  media: Media.nullable().describe('the video, null where there is none'),
  slow_mode_seconds: SlowModeSeconds.optional().describe(
    'how long a member waits between two messages, but for who moderates; 0 is not at all',
  ),
  chat_since: Id.nullable()
    .optional()
    .describe('the chat was cleared: messages whose id is not above this one are gone; null where it never was'),
  cohosts: z
    .array(Id)
    .optional()
    .describe('who shares the command with the host; functions of 0.1.0 do not say it, nor what follows'),
  control: Control.optional().describe('who may play, pause and seek'),
  heirs: Heirs.optional().describe('who may take over while the host is away'),
  offered_to: Id.nullable().optional().describe('to whom the host has offered the room, until they answer'),
  stands_in_for: Id.nullable()
    .optional()
    .describe('the host whose place the present one took while they were away, and who may have it back'),
})
export type RoomFacts = z.infer<typeof RoomFacts>

/** A room as a member sees it. */
export const RoomDetail = z.object({
  room_id: z.string(),
  code: z.string(),
  ...RoomFacts.shape,
  /** Of the facts: rises by one with every change of them. Servers of 0.1.0 do not say it. */
  revision: z.number().int().optional(),
  /** Epoch milliseconds. */
  created_at: z.number(),
  is_host: z.boolean(),
  /** People connected now. */
  viewers: z.number().int(),
})

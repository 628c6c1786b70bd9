import * as z from 'zod'
import { Id } from './ids.ts'
import { Media } from './media.ts'

export const EntryMode = z.enum(['PASSWORD', 'APPROVAL'])
export type EntryMode = z.infer<typeof EntryMode>

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
  is_chat_enabled: z.boolean().describe('whether members may write'),
  guests_allowed: z.boolean().describe('whether people without an account may join'),
  host: z.string().describe("the host's name in this room"),
  host_id: Id.describe('who hosts it'),
  media: Media.nullable().describe('the video, null where there is none'),
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

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
  name: z.string().nullable(),
  is_private: z.boolean(),
  /** Whether it stands among the public rooms. A private room never does. Functions of 0.1.0 do not say it. */
  is_listed: z.boolean().optional(),
  /** How one enters a private room; null where it is public. */
  entry_mode: EntryMode.nullable(),
  is_chat_enabled: z.boolean(),
  guests_allowed: z.boolean(),
  /** The host's name in this room. */
  host: z.string(),
  host_id: Id,
  media: Media.nullable(),
})
export type RoomFacts = z.infer<typeof RoomFacts>

/** A room as a member sees it. */
export const RoomDetail = z.object({
  room_id: z.string(),
  code: z.string(),
  ...RoomFacts.shape,
  /** Epoch milliseconds. */
  created_at: z.number(),
  is_host: z.boolean(),
  /** People connected now. */
  viewers: z.number().int(),
})

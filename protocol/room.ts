import * as z from 'zod'
import { Id } from './ids.ts'
import { Media } from './media.ts'

export const EntryMode = z.enum(['PASSWORD', 'APPROVAL'])
export type EntryMode = z.infer<typeof EntryMode>

/** What a room is called, whom it admits and what it watches: told alike by HTTP and by ROOM_UPDATED. */
export const roomFacts = {
  name: z.string().nullable(),
  is_private: z.boolean(),
  /** Whether it stands among the public rooms; functions of 0.1.0 do not say. */
  is_listed: z.boolean().optional(),
  entry_mode: EntryMode.nullable(),
  is_chat_enabled: z.boolean(),
  guests_allowed: z.boolean(),
  host: z.string(),
  host_id: Id,
  media: Media.nullable(),
}

/** A room as a member sees it. */
export const RoomDetail = z.object({
  room_id: z.string(),
  code: z.string(),
  ...roomFacts,
  /** Epoch milliseconds. */
  created_at: z.number(),
  is_host: z.boolean(),
  /** People connected now. */
  viewers: z.number().int(),
})

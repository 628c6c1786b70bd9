import * as z from 'zod'
import { Id } from '../ids.ts'
import { MAX_MUTE_SECONDS } from '../limits.ts'

// What several routes read or answer.

/** A request without fields. */
export const nothing = z.object({})
/** A room's code as somebody typed it: what it stands for is decided when it is read. */
export const roomCode = z.string().max(64)
export const byRoom = z.object({ room_id: roomCode })
export const byMember = z.object({ room_id: roomCode, user_id: Id })
/** Who is to be silent in which room, and for how long. */
export const muting = byMember.extend({
  seconds: z.number().int().min(1, 'must be at least 1').max(MAX_MUTE_SECONDS, `must be at most ${MAX_MUTE_SECONDS}`),
})
/** The answer of a call that has nothing to say but that it was done. */
export const done = z.object({ ok: z.literal(true) })
/** The `next` of the page before; left out for the first page. */
export const cursor = z.string().max(512).optional()
/** What to send for the page that follows, null at the end. */
export const next = z.string().nullable()

import * as z from 'zod'

export { CODE_ALPHABET, parseRoomCode } from './room-code.ts'

/** An identifier of ours (user, message): opaque to clients, bounded so that it can be a key. */
export const Id = z
  .string()
  .min(1)
  .max(64)
  .refine((id) => id.isWellFormed(), 'must be well-formed Unicode')

/** A message's id: a ULID, so that ids sort by time of creation (milliseconds since the epoch in its first ten characters). */
export const MessageId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'must be the id of a message')

import * as z from 'zod'

// Without 0/O, 1/I/L, 2/Z, 5/S, 8/B and U/V: what people confuse when they read a code aloud or off a photo.
export const CODE_ALPHABET = '34679ACDEFGHJKMNPQRTWXY'
export const CODE_LENGTH = 6

/** A room's code as stored and shown: six characters, upper case, without look-alikes. */
const CODE = new RegExp(`^[${CODE_ALPHABET}]{${CODE_LENGTH}}$`)

/**
 * The code that a person typed, in its one form, or undefined where no room can have it.
 * @example parseRoomCode(' k7wq3f ') === 'K7WQ3F'
 */
export const parseRoomCode = (typed: string): string | undefined => {
  const code = typed.trim().toUpperCase()
  return CODE.test(code) ? code : undefined
}

/** An identifier of ours (user, message): opaque to clients, bounded so that it can be a key. */
export const Id = z
  .string()
  .min(1)
  .max(64)
  .refine((id) => id.isWellFormed(), 'must be well-formed Unicode')

/** A message's id: a ULID, so that ids sort by time of creation (milliseconds since the epoch in its first ten characters). */
export const MessageId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'must be the id of a message')

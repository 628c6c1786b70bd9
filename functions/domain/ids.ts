import { randomInt, randomUUID } from 'node:crypto'
import { encodeTime, ulid } from 'ulid'
import { CODE_ALPHABET, CODE_LENGTH, ROOM_PASSWORD_LENGTH } from '../../protocol/room-code.ts'

/** Where new identifiers come from. */
export type IdSource = {
  user: () => string
  token: () => string
  /** Sorts by `now`, epoch milliseconds. */
  message: (now: number) => string
  roomCode: () => string
  roomPassword: () => string
}

/** Sorts before every message of that instant, epoch milliseconds, and after all from before it. */
export const earliestMessageId = (instant: number): string => encodeTime(Math.max(0, Math.floor(instant)))

const letters = (count: number): string =>
  Array.from({ length: count }, () => CODE_ALPHABET.charAt(randomInt(CODE_ALPHABET.length))).join('')

export const randomIds: IdSource = {
  user: () => randomUUID(),
  token: () => randomUUID(),
  message: (now) => ulid(now),
  roomCode: () => letters(CODE_LENGTH),
  // 23^10, about 45 bits: beyond guessing over a throttled API, short enough to read out.
  roomPassword: () => letters(ROOM_PASSWORD_LENGTH),
}

import { scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { lettersAndDigits } from '../../protocol/room-code.ts'
import { hashRoomPassword, type Room } from '../domain/room.ts'

const BYTES = 32
const slowly = promisify<string, string, number, Buffer>(scrypt)

/**
 * The hash of a password that a host chose: people choose what others guess, so it takes some 50 ms. It is salted with the
 * code and with the `password_hash` beside it, which is of a password that nobody knows. So a renewal by a function that
 * knows that attribute alone ends the chosen password, and such a function refuses it as a wrong one.
 */
export const hashChosenPassword = async (
  { code, password_hash }: Pick<Room, 'code' | 'password_hash'>,
  password: string,
): Promise<string> =>
  (await slowly(lettersAndDigits(password), `${code}:${password_hash}`, BYTES)).toString('base64url')

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

/** Only letters and digits are compared: people paste dashes, quotes, blanks and full stops along. */
export const roomPasswordMatches = async (room: Room, password: string | null | undefined): Promise<boolean> => {
  if (room.password_hash === null || password == null) return false
  if (isSame(hashRoomPassword(room.code, lettersAndDigits(password)), room.password_hash)) return true
  return room.chosen_hash !== null && isSame(await hashChosenPassword(room, password), room.chosen_hash)
}

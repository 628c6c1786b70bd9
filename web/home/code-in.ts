import { CODE_LENGTH, lettersAndDigits, linkedCodes, parseRoomCode } from '../../protocol/room-code.ts'
import { pastedCode } from '../parts/pasted-code.ts'

/**
 * The room code in what somebody typed or pasted: the code itself, a whole invite link, or a text with one of them in it.
 * Whether such a room exists is the server's to say.
 * @example codeIn('Join me: https://streamit.example/r/k7wq3f !') === 'K7WQ3F'
 */
export const codeIn = (typed: string): string | undefined =>
  parseRoomCode(typed) ??
  pastedCode(typed, CODE_LENGTH) ??
  // No room can have it, for a typing mistake: the page that says so is a better answer than none.
  [...linkedCodes(typed), lettersAndDigits(typed)].find((code) => /^[A-Z0-9]{6}$/.test(code))

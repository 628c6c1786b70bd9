import { CODE_ALPHABET, lettersAndDigits, ROOM_PASSWORD_LENGTH } from '../../protocol/room-code.ts'

/** The only one of these; undefined where there is none, or where nobody can tell which one is meant. */
const only = (found: readonly string[]): string | undefined => (new Set(found).size === 1 ? found[0] : undefined)

/**
 * The code or password of `length` characters in what somebody typed or pasted. It is the whole text without dashes,
 * quotes and full stops, or the one word of a longer text that can be one. Words that are none may look like one
 * ("change"): a word with a digit or in capitals is taken before them.
 * @example pastedCode('Code: 66XD4P', 6) === '66XD4P'
 */
export const pastedCode = (typed: string, length: number): string | undefined => {
  const possible = new RegExp(`^[${CODE_ALPHABET}]{${length}}$`)
  const whole = lettersAndDigits(typed)
  if (possible.test(whole)) return whole
  // Dashes may stand within a word. Capitals are looked at in the text as it was typed, so the two lists match.
  const words = typed.normalize('NFKC').match(/[\p{L}\p{N}]+(?:[\p{Pd}\p{Cf}]+[\p{L}\p{N}]+)*/gu) ?? []
  const codes = words.map((word) => ({ word, code: lettersAndDigits(word) })).filter(({ code }) => possible.test(code))
  const capitals = codes.filter(({ word }) => word === word.toUpperCase())
  const withDigit = codes.filter(({ word }) => /\p{N}/u.test(word))
  const halves = words.slice(1).map((word, index) => lettersAndDigits(`${words[index]}${word}`))
  return (
    only(codes.map(({ code }) => code)) ??
    only(capitals.map(({ code }) => code)) ??
    only(withDigit.map(({ code }) => code)) ??
    // "66X D4P" in a longer text.
    (codes.length === 0 ? only(halves.filter((half) => possible.test(half) && /\p{N}/u.test(half))) : undefined)
  )
}

/**
 * The passwords that the text in a password's field may stand for, in the order in which they are tried. First the one
 * word that looks like a password that we made. Then the text itself, because a host may have chosen it.
 */
export const passwordsIn = (typed: string): string[] => [
  ...new Set([pastedCode(typed, ROOM_PASSWORD_LENGTH) ?? typed, typed]),
]

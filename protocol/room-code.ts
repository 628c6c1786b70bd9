// Without 0/O, 1/I/L, 2/Z, 5/S, 8/B and U/V: what people confuse when they read a code aloud or off a photo.
export const CODE_ALPHABET = '34679ACDEFGHJKMNPQRTWXY'
export const CODE_LENGTH = 6
/** Room passwords are of the same alphabet. */
export const ROOM_PASSWORD_LENGTH = 10

const CODE = new RegExp(`^[${CODE_ALPHABET}]{${CODE_LENGTH}}$`)
const DRAWN_AS_NOTHING = /\p{Default_Ignorable_Code_Point}/gu

/** One form for what looks the same: compatibility forms unified, upper case, without what is drawn as nothing. */
const plainForm = (typed: string): string => typed.normalize('NFKC').toUpperCase().replace(DRAWN_AS_NOTHING, '')

/**
 * The letters and digits of what somebody typed, upper case: codes and room passwords have nothing else.
 * @example lettersAndDigits('“k7w‑q3f.”') === 'K7WQ3F'
 */
export const lettersAndDigits = (typed: string): string => plainForm(typed).replace(/[^\p{L}\p{N}]/gu, '')

/** A link within another one has percent signs for its slashes, two of them where it was wrapped twice. */
const unwrapped = (typed: string): string =>
  typed.replace(/%(?:25)*([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** The parts of a text that stand behind "/r/", as a code stands in an invite link. */
export const linkedCodes = (typed: string): string[] =>
  [...plainForm(unwrapped(typed)).matchAll(/\/R\/([\p{L}\p{N}\p{Pd}]+)/gu)].map(([, code = '']) =>
    lettersAndDigits(code),
  )

/** Whether a room can have this code. */
const isRoomCode = (code: string): boolean => CODE.test(code)

/**
 * The code that a person typed, in its one form, or undefined where no room can have it. Dashes, quotes and full stops
 * do not matter. A whole invite link is read as well.
 * @example parseRoomCode(' k7w-q3f ') === 'K7WQ3F'
 * @example parseRoomCode('https://streamit.example/r/k7wq3f') === 'K7WQ3F'
 */
export const parseRoomCode = (typed: string): string | undefined =>
  [lettersAndDigits(typed), ...linkedCodes(typed)].find(isRoomCode)

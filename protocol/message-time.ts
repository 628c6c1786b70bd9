const ULID_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_LETTERS = 10

/** When the server received a message: epoch milliseconds of its clock, which are the first ten letters of the id. */
export const timeOfMessageId = (id: string): number =>
  [...id.slice(0, TIME_LETTERS)].reduce((time, letter) => time * 32 + ULID_LETTERS.indexOf(letter), 0)

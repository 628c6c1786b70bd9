import { Refusal } from '../../protocol/refusals.ts'

// What the places of lists are. A list has its own where nobody else has the same.
/** Of people and networks: an id. */
export const ID_PLACE = /^[\w-]{1,64}$/
/** Of rooms in the order of a time: its milliseconds, then the code. */
export const ROOM_PLACE = /^\d{15}#\w{6}$/
export const roomPlace = (at: number, code: string): string => `${String(at).padStart(15, '0')}#${code}`
/** Of decisions: the id of one, a ULID. */
export const DECISION_PLACE = /^[0-9A-HJKMNP-TV-Z]{26}$/

/** A place in a list, opaque to clients. */
export const encodeCursor = (place: string): string => Buffer.from(place, 'utf8').toString('base64url')

/** @throws Refusal invalid_field where `pattern` does not match */
export const decodeCursor = (cursor: string | undefined, pattern: RegExp): string | undefined => {
  if (cursor === undefined) return undefined
  const place = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!pattern.test(place))
    throw new Refusal('invalid_field', {
      message: 'The field "cursor" is not valid: send what "next" of the page before said.',
    })
  return place
}

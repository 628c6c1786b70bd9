import { Refusal } from '../../../protocol/refusals.ts'

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

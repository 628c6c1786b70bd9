import { MAX_FOLDED_NAME_BYTES } from '../../protocol/limits.ts'
import { byteLength, foldName } from '../../protocol/text.ts'
import { LOOK_ALIKES } from './look-alikes.ts'

/** Unicode's table leaves most small capitals alone. To people they are the letters of a name in another type. */
const SMALL_CAPITALS: Record<string, string> = {
  ...{ ᴀ: 'a', ʙ: 'b', ᴅ: 'd', ᴇ: 'e', ꜰ: 'f', ɢ: 'g', ʜ: 'h', ᴊ: 'j', ĸ: 'k', ʟ: 'l', ʍ: 'rn', ɴ: 'n' },
  ...{ ᴘ: 'p', ʀ: 'r', ᴛ: 't' },
}

const readLookAlikes = (): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  let to = ''
  for (const word of LOOK_ALIKES.trim().split(/\s+/)) {
    const text = String.fromCodePoint(
      ...word
        .replace('=', '')
        .split('.')
        .map((hex) => Number.parseInt(hex, 16)),
    )
    if (word.endsWith('=')) to = text
    else found.set(text, to)
  }
  return found
}

let read: ReadonlyMap<string, string> | undefined

/** Unicode's table of what a character looks like. Read at the first name: most calls of a function need none. */
export const lookAlikes = (): ReadonlyMap<string, string> => {
  read ??= readLookAlikes()
  return read
}

const CAPITAL = /\p{Lu}/u

type Look = (letter: string) => string

const lookOf: Look = (letter) => {
  const look = lookAlikes().get(letter) ?? letter
  return SMALL_CAPITALS[look] ?? look
}

/** A capital I looks like l, in any script. Beside other capitals it is read as I. */
const lookAmongCapitals: Look = (letter) => {
  const look = lookOf(letter)
  return look === 'l' && CAPITAL.test(letter) ? 'I' : look
}

/** What a text looks like, by UTS #39. It is for comparing only. */
const skeleton = (text: string, look: Look = lookOf): string =>
  [...text.normalize('NFD')].map(look).join('').normalize('NFD')

/**
 * Every form under which a name is compared, the folded one first. Two names that share a form look alike.
 * @example formsOf('Аna') // the first letter is Cyrillic: the second form is that of 'Ana'
 */
export const formsOf = (name: string): readonly [string, ...string[]] => {
  const folded = foldName(name)
  const looks = [skeleton(name), skeleton(folded), skeleton(name, lookAmongCapitals)].map(foldName)
  // A form is part of a key. One that is too long for it is no short name's look-alike.
  const short = looks.filter((form) => form !== folded && byteLength(form) <= MAX_FOLDED_NAME_BYTES)
  return [folded, ...new Set(short)]
}

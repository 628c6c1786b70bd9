import { withoutInvisible } from '../../protocol/readable.ts'

/** No link with text around it is longer: a whole book that was pasted is not searched to its end. */
const MOST_CHARACTERS = 8_000
const ENTITIES: Record<string, string> = { amp: '&', quot: '"', lt: '<', gt: '>', '#39': "'", '#x27': "'", nbsp: ' ' }

/** Joiners mean something between letters of some scripts. Beside ASCII they were only pasted along. */
const STRAY_JOINERS = /(^|[ -~])(?:\u200c|\u200d|\ufe0e|\ufe0f)+|(?:\u200c|\u200d|\ufe0e|\ufe0f)+(?=[ -~]|$)/g

/** One character of UTF-8. */
const ENCODED =
  /%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-4](?:%[89ab][0-9a-f]){3}/gi

const decodedCharacter = (encoded: string): string => {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}

/** Without its percent signs, where they stand for characters: the first one in "100%%20true.mp4" does not. */
export const decoded = (part: string): string => part.replace(ENCODED, decodedCharacter)

/**
 * What was pasted, as one sees it. Invisible characters are gone, and blanks of every kind are spaces. The ampersands
 * of HTML and JSON and the backslashes of shells are what they stand for.
 */
export const plainText = (pasted: string): string =>
  withoutInvisible(pasted.slice(0, MOST_CHARACTERS))
    .replace(/\p{Z}|(?![\t\r\n])\p{Cc}/gu, ' ')
    .replace(STRAY_JOINERS, '$1')
    .replace(/&(amp|quot|lt|gt|#39|#x27|nbsp);/gi, (_, name: string) => ENTITIES[name.toLowerCase()] ?? '')
    .replace(/\\u0026/gi, '&')
    // Some forums keep addresses from being links.
    .replace(/(?<=[\p{L}\p{N}])(?:\[\.\]|\(\.\)|\[dot\])(?=[\p{L}\p{N}])/giu, '.')
    .replace(/\\([/?&=#"])/g, '$1')
    .replace(/^[^/]*https?%3a(?:%2f%2f|\/\/).*$/is, decoded)
    .trim()

/** Full-width letters and signs as plain ones, as some keyboards write addresses. */
export const halfWidth = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).replace(/。/g, '.')
